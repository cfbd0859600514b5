import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/linux/bring-up/evaluate.ts';
import { explainHwcap, joinHwcaps } from '../../../src/linux/bring-up/hwcaps.ts';
import { kernelAt } from '../../../src/linux/release/kernel-at.ts';
import { bootOf, cpu } from '../../support/booted.ts';

const names = (...args: Parameters<typeof bootOf>): readonly string[] => bootOf(...args).hwcaps.names;

describe('evtstrm, which no register gives', () => {
  it.each([
    ['6.12.117', '', {}, true],
    ['6.12.117', 'clocksource.arm_arch_timer.evtstrm=0', {}, false],
    ['6.12.117', 'clocksource.arm_arch_timer.evtstrm=n', {}, false],
    ['6.12.117', 'clocksource.arm_arch_timer.evtstrm=maybe', {}, true],
    ['6.12.117', 'clocksource.arm_arch_timer.evtstrm=1', { config: { CONFIG_ARM_ARCH_TIMER_EVTSTREAM: 'n' } }, true],
    ['6.12.117', '', { config: { CONFIG_ARM_ARCH_TIMER_EVTSTREAM: 'n' } }, false],
    ['6.12.117', '', { eventStream: false }, false],
    ['4.4.155', 'clocksource.arm_arch_timer.evtstrm=0', {}, true], // the parameter came later
  ] as const)('%s %j %j: %s', (release, cmdline, options, has) => {
    const system = bootOf(release, [cpu({ 'ID_AA64PFR0_EL1.EL0': 2 })], { cmdline, ...options });
    expect(system.hwcaps.names.includes('evtstrm')).toBe(has);
    expect(system.compat.names.includes('evtstrm')).toBe(has);
  });
});

it.each([
  ['4.10.1', false],
  ['4.11.0', true],
])('cpuid in %s: %s', (release, has) => {
  expect(names(release, [cpu()]).includes('cpuid')).toBe(has);
});

describe('fp and asimd', () => {
  it.each([
    [0, ['fp', 'asimd']],
    [1, ['fp', 'asimd', 'fphp', 'asimdhp']],
    [15, []], // not implemented
  ])('ID_AA64PFR0_EL1.FP and AdvSIMD %d: %j', (value, want) => {
    const got = names('6.12.117', [cpu({ 'ID_AA64PFR0_EL1.FP': value, 'ID_AA64PFR0_EL1.AdvSIMD': value })]);
    expect(got.filter((name) => /^(fp|asimd)/.test(name))).toEqual(want);
  });

  it('count for nothing with SVE, which stays without them', () => {
    expect(names('6.12.117', [cpu({ 'ID_AA64PFR0_EL1.FP': 15, 'ID_AA64PFR0_EL1.AdvSIMD': 15, 'ID_AA64PFR0_EL1.SVE': 1 })])).toContain(
      'sve',
    );
  });
});

describe('values of 8 and more', () => {
  it.each([
    ['4.4.155', false], // every comparison is signed
    ['4.5.0', false],
    ['4.6.2', true],
    ['6.12.117', true],
  ])('%s: crc32 %s', (release, has) => {
    expect(names(release, [cpu({ 'ID_AA64ISAR0_EL1.CRC32': 8 })]).includes('crc32')).toBe(has);
  });
});

it.each([
  ['5.3.1', false], // the field was forgotten in the table of sanitised fields
  ['5.4.18', true],
])('frint in %s: %s', (release, has) => {
  expect(names(release, [cpu({ 'ID_AA64ISAR1_EL1.FRINTTS': 1 })]).includes('frint')).toBe(has);
});

describe('a second level of SVE without the first', () => {
  const odd = cpu({ 'ID_AA64ZFR0_EL1.SVEver': 1 });
  it.each([
    ['5.10.223', true],
    ['6.1.192', true],
    ['6.12.0', true],
    ['6.12.117', false],
    ['7.2.13', false],
  ])('%s: sve2 %s', (release, has) => {
    expect(names(release, [odd]).includes('sve2')).toBe(has);
  });
});

describe('options', () => {
  const rich = cpu({ 'ID_AA64PFR0_EL1.SVE': 1, 'ID_AA64PFR1_EL1.BT': 1, 'ID_AA64ISAR1_EL1.APA': 1, 'ID_AA64PFR1_EL1.SME': 1 });
  it.each([
    ['CONFIG_ARM64_SVE', 'sve'],
    ['CONFIG_ARM64_BTI', 'bti'],
    ['CONFIG_ARM64_PTR_AUTH', 'paca'],
    ['CONFIG_ARM64_SME', 'sme'],
  ] as const)('%s gives or takes %s', (option, name) => {
    expect(names('7.2.13', [rich], { config: { [option]: 'y' } })).toContain(name);
    expect(names('7.2.13', [rich], { config: { [option]: 'n' } })).not.toContain(name);
  });

  it("SME is broken in Debian's 6.12 and comes with 7.2", () => {
    expect(names('6.12.117', [rich], { config: 'debian' })).not.toContain('sme');
    expect(names('7.2.13', [rich], { config: 'debian' })).toContain('sme');
  });
});

describe('paca', () => {
  it.each([
    ['6.12.117', 'ID_AA64ISAR1_EL1.APA', true],
    ['6.12.117', 'ID_AA64ISAR1_EL1.API', true],
    ['6.12.117', 'ID_AA64ISAR2_EL1.APA3', true],
    ['5.15.167', 'ID_AA64ISAR2_EL1.APA3', false], // known since 5.18
  ] as const)('%s with %s: %s', (release, field, has) => {
    expect(names(release, [cpu({ [field]: 1 })]).includes('paca')).toBe(has);
  });
});

describe('AArch32 hwcaps', () => {
  const both = { 'ID_AA64PFR0_EL1.EL0': 2 } as const;
  const DEFAULT_UNTIL_5_5 = 0x17_b0d6n;
  const DEFAULT_SINCE_5_6 = 0x16_8096n;
  const EVTSTRM = 1n << 21n;

  it.each([
    ['4.14.74', DEFAULT_UNTIL_5_5],
    ['4.14.177', DEFAULT_SINCE_5_6],
    ['5.4.18', DEFAULT_UNTIL_5_5],
    ['5.4.286', DEFAULT_SINCE_5_6],
    ['5.5-rc5', DEFAULT_UNTIL_5_5],
    ['5.6.4', DEFAULT_SINCE_5_6],
    ['6.12.117', DEFAULT_SINCE_5_6],
  ])('%s starts from a constant', (release, constant) => {
    expect(bootOf(release, [cpu(both)]).compat.words).toEqual([constant | EVTSTRM, 0n]);
    expect(bootOf(release, [cpu()]).compat.words[0]).toBe(constant | EVTSTRM);
  });

  it('come from the table only if AArch32 programs run, from 4.7 on', () => {
    const crc = cpu({}, { ID_ISAR5_EL1: 0x1_0000n });
    expect(bootOf('4.4.155', [crc]).compat.names).toContain('crc32');
    expect(bootOf('4.7.4', [crc]).compat.names).not.toContain('crc32');
    expect(bootOf('4.7.4', [cpu(both, { ID_ISAR5_EL1: 0x1_0000n })]).compat.names).toContain('crc32');
  });

  it('are not there without CONFIG_COMPAT', () => {
    expect(bootOf('6.12.117', [cpu(both)], { config: { CONFIG_COMPAT: 'n' } }).compat).toEqual({ words: [], names: [] });
  });

  it('neon needs all three fields of MVFR1_EL1', () => {
    const compat = (mvfr1: bigint): readonly string[] => bootOf('6.12.117', [cpu(both, { MVFR1_EL1: mvfr1 })]).compat.names;
    expect(compat(0x0001_1100n)).toContain('neon');
    expect(compat(0x0001_1000n)).not.toContain('neon');
  });

  // notes, section 8: 1742098 takes AES from the AArch32 hwcaps of Cortex-A72, and leaves PMULL.
  it.each([
    ['that one, of which ID_ISAR5_EL1 is not known', 0n, 0xf0n, [], ['pmull']],
    ['that one or another', 0xf0n, 0n, ['pmull'], ['aes']],
    ['that one', 0n, 0n, ['pmull'], []],
  ])('of a core that is %s', (_, openMidr, openIsar5, certain, open) => {
    const { MIDR_EL1: __, ...registers } = cpu(both).registers;
    const partly = {
      MIDR_EL1: { value: 0x410f_d083n & ~openMidr, open: openMidr },
      ID_ISAR5_EL1: { value: 0x20n & ~openIsar5, open: openIsar5 },
    };
    const { compat, unknown } = bootOf('6.12.117', [{ registers, partly }], { config: 'defconfig' });
    const asked = (names: readonly string[] = []): readonly string[] => names.filter((name) => /^(?:aes|pmull)$/.test(name));
    expect([asked(compat.names), asked(unknown?.compat)]).toEqual([certain, open]);
  });

  it('vfp and vfpv3 need double precision, vfpv4 fused multiply-add', () => {
    const compat = bootOf('6.12.117', [cpu(both, { MVFR0_EL1: 0x200n, MVFR1_EL1: 0x1000_0000n })]).compat.names;
    expect(compat).toEqual(expect.arrayContaining(['vfp', 'vfpv3', 'vfpv4']));
  });
});

// Linux 5.2, which brought AT_HWCAP2: arch/arm64/include/asm/hwcap.h has numbers of its own for what both words hold.
it.each([
  ['5.1', 'HWCAP_AES'],
  ['5.2', 'KERNEL_HWCAP_AES'],
  ['6.12.117', 'KERNEL_HWCAP_AES'],
])('%s calls aes %s', (release, constant) => {
  expect(kernelAt({ release }).hwcaps.find(({ name }) => name === 'aes')?.constant).toBe(constant);
});

it('of two sets of hwcaps what both have is certain, in names and in bits, and the rest open', () => {
  const set = (words: readonly bigint[], names: readonly string[], open: readonly string[]) => ({ certain: { words, names }, open });
  const joined = joinHwcaps(
    set([0b0111n, 1n], ['fp', 'asimd', 'evtstrm', 'dcpodp'], ['aes']),
    set([0b1011n], ['fp', 'asimd', 'aes'], ['pmull']),
  );
  expect(joined).toEqual(set([0b0011n, 0n], ['fp', 'asimd'], ['evtstrm', 'dcpodp', 'aes', 'pmull']));
});

describe('an explanation', () => {
  const { hwcaps } = kernelAt({ release: '6.12.117' });
  const facts: Facts = {
    register: (name) => (name === 'ID_AA64ISAR1_EL1' ? 0x0000_1000_0000_0000n : 0n),
    userMask: () => 0n,
    signedComparison: false,
    option: () => 'y',
    cpucap: () => false,
    rule: () => false,
  };

  it('tells a value that would do from a field that EL0 does not see', () => {
    expect(explainHwcap('bf16', hwcaps, facts)).toMatchObject({ holds: false, outcome: { found: 1, hidden: true } });
  });

  it('shows the parts of a condition', () => {
    expect(explainHwcap('paca', hwcaps, facts).outcome.parts?.length).toBe(3);
  });

  it('is refused for a name that this kernel does not have, with the nearest one', () => {
    expect(() => explainHwcap('pacca', hwcaps, facts)).toThrow(/no hwcap "pacca".*paca/);
    expect(() => explainHwcap('cpuid', hwcaps, facts)).toThrow(expect.objectContaining({ code: 'unknown-name' }));
  });
});
