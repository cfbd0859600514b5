import { describe, expect, it } from 'vitest';
import { bootHost, makesVcpu, makeVcpu, onHost, openRefusals, refusalOf } from '../../../src/linux/kvm/guest-under-kvm.ts';
import { kvmAt } from '../../../src/linux/kvm/kvm-at.ts';
import type { KvmHost } from '../../../src/linux/kvm/kvm-host.ts';
import type { Vcpu } from '../../../src/linux/kvm/vcpu.ts';
import type { Cpu, RegisterFile } from '../../../src/silicon/machine.ts';

const GIC = 0xfn << 24n;
const PLAIN: RegisterFile = { MIDR_EL1: 0x411f_d402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };

function hostOf(registers: RegisterFile = {}, release = '7.2', config: Readonly<Record<string, string>> = {}): KvmHost {
  return bootHost({ cpus: [{ registers: { ...PLAIN, ...registers } }] }, { release, config });
}

/** A host of which some bits of a register are not known. */
function openHost(name: keyof RegisterFile, mask: bigint, value = 0n, ...others: readonly Cpu[]): KvmHost {
  const { [name]: _, ...registers } = PLAIN;
  return bootHost({ cpus: [{ registers, partly: { [name]: { value: value & ~mask, open: mask } } }, ...others] }, { release: '7.2' });
}

describe('a host', () => {
  it.each([
    ['CONFIG_ARM64_4K_PAGES', 12],
    ['CONFIG_ARM64_16K_PAGES', 14],
    ['CONFIG_ARM64_64K_PAGES', 16],
  ])('with %s has pages of 2^%d bytes', (pages, shift) => {
    expect(hostOf({}, '7.2', { CONFIG_ARM64_4K_PAGES: 'n', [pages]: 'y' }).pageShift).toBe(shift);
  });

  // ID_AA64PFR0_EL1.GIC is bits 27 to 24.
  it.each([
    [0n, 'v2'],
    [1n << 24n, 'v3'],
    [1n << 27n, 'v3'],
    [~GIC & 0xffff_ffff_ffff_ffffn, 'v2'],
  ])('with an ID_AA64PFR0_EL1 of %s has an interrupt controller of version %s', (ID_AA64PFR0_EL1, gic) => {
    const host = hostOf({ ID_AA64PFR0_EL1 });
    expect([host.gic, host.hasOpenGic]).toEqual([gic, false]);
    expect(onHost({}, host).gic).toBe(gic);
  });

  it.each([
    [1n << 24n, true],
    [1n << 27n, true],
    [1n << 23n, false],
    [1n << 28n, false],
  ])('does not tell its interrupt controller where bits %s of ID_AA64PFR0_EL1 are open: %s', (mask, isOpen) => {
    const host = openHost('ID_AA64PFR0_EL1', mask);
    expect([host.hasOpenGic, onHost({}, host).gic === undefined]).toEqual([isOpen, isOpen]);
  });

  it('asks each CPU about Meltdown, and does not know where one of them does not tell', () => {
    const asked = (host: KvmHost) => host.verdict({ rule: 'meltdown_unaffected' }, {});
    const unsafe = { registers: { ...PLAIN, ID_AA64PFR0_EL1: 0x0101_0000_1111_0112n } };
    const { MIDR_EL1: _, ...nameless } = unsafe.registers;
    const silent = { registers: nameless, partly: { MIDR_EL1: { value: 0n, open: 0xfff0n } } };
    const hosts = [[{ registers: PLAIN }], [{ registers: PLAIN }, unsafe], [{ registers: PLAIN }, silent], [silent, { registers: PLAIN }]];
    expect(hosts.map((cpus) => asked(bootHost({ cpus }, { release: '7.2' })))).toEqual([true, false, undefined, undefined]);
  });

  // sys_regs.c: what the host's kernel does not track is zero, but for what identifies the core.
  it('shows of a register that it does not track nothing, and of its identification what the boot CPU has', () => {
    const host = hostOf({ REVIDR_EL1: 5n, ID_AA64PFR2_EL1: 7n }, '4.15');
    const names = ['MIDR_EL1', 'REVIDR_EL1', 'ID_AA64PFR2_EL1'] as const;
    expect(names.map((name) => host.sanitised(name))).toEqual([0x411f_d402n, 5n, 0n]);
    expect(names.map((name) => host.hardware(name))).toEqual([0x411f_d402n, 5n, 7n]);
    expect(names.map((name) => host.open(name))).toEqual([0n, 0n, 0n]);
  });

  it.each([
    ['MIDR_EL1', 0xfn, 0xfn],
    ['REVIDR_EL1', 0xfn, 0xfn],
    ['AIDR_EL1', 0xfn, 0n],
  ] as const)('does not know of %s what its boot CPU does not tell', (name, mask, open) => {
    const host = openHost(name, mask, 0x411f_d402n);
    expect([host.open(name), host.openHardware(name), host.knows(name)]).toEqual([open, mask, true]);
  });

  it.each([
    ['ID_AA64PFR0_EL1', true],
    ['ID_AA64PFR1_EL1', false],
    ['S3_0_C0_C7_7', true],
  ])('that lists few registers knows %s: %s', (name, knows) => {
    expect(hostOf().knows(name)).toBe(knows);
  });

  it('that is known in part knows nothing of a register that it does not list', () => {
    const host = bootHost({ cpus: [{ registers: PLAIN }], unlisted: 'unknown' }, { release: '7.2' });
    expect([host.knows('ID_AA64PFR0_EL1'), host.knows('ID_AA64PFR1_EL1')]).toEqual([true, false]);
  });

  // A condition of a row on what the hardware has: at least, and at most, where that is told.
  it.each([
    [1n, [true, false, false]],
    [2n, [true, true, true]],
    [3n, [true, true, false]],
  ])('is asked by rows what its hardware has: ID_AA64MMFR2_EL1.NV %s', (nv, holds) => {
    const host = hostOf({ ID_AA64MMFR2_EL1: nv << 24n });
    const field = 'ID_AA64MMFR2_EL1.NV';
    const conditions = [
      { field, atLeast: 1 },
      { field, atLeast: 2 },
      { field, atLeast: 2, atMost: 2 },
    ] as const;
    expect(conditions.map((hardware) => host.judge({ hardware }, {}))).toEqual(holds);
    const open = bootHost(
      { cpus: [{ registers: PLAIN, partly: { ID_AA64MMFR2_EL1: { value: 0n, open: 1n << 24n } } }] },
      { release: '7.2' },
    );
    expect(conditions.map((hardware) => open.verdict({ hardware }, {}))).toEqual([undefined, undefined, undefined]);
    expect(open.verdict({ hardware: { field: 'ID_AA64MMFR2_EL1.BBM', atLeast: 1 } }, {})).toBe(false);
  });

  it.each([
    [2n, true],
    [1n, false],
    [3n, false],
  ])('whose EL0 field is %s runs AArch32 programs: %s, and may write their registers only then', (el0, runs) => {
    const host = hostOf({ ID_AA64PFR0_EL1: 0x1101_0000_1111_0110n | el0 });
    const { writable } = makeVcpu(host, {});
    expect([host.has32BitEl0, writable.has('ID_DFR0_EL1'), writable.has('ID_AA64DFR0_EL1')]).toEqual([runs, runs, true]);
  });

  it('has the timer that its boot CPU tells of, of 32 bits, unless somebody says otherwise', () => {
    const machine = { cpus: [{ registers: { ...PLAIN, CNTFRQ_EL0: 0xf_0000_0000n + 24_000_000n } }] };
    const hertz = (more: { readonly timerHz?: number }) => bootHost(machine, { release: '7.2' }, more).system.environment.timerHz;
    expect([hertz({}), hertz({ timerHz: 1_000_000 })]).toEqual([24_000_000, 1_000_000]);
    expect(hostOf().system.environment.timerHz).toBe(0);
  });

  it('of a distribution has the update of its series that its build is known to hold', () => {
    const { system, model } = hostOf({}, '5.15.0-97-generic');
    expect(system.release).toMatch(/^5\.15\.[1-9]\d*$/);
    expect(model.release.text).toBe('5.15.0-97');
    expect(hostOf({}, '5.15').system.release).toBe('5.15');
  });
});

describe('a vCPU', () => {
  const open = openHost('ID_AA64PFR0_EL1', GIC, PLAIN.ID_AA64PFR0_EL1);

  it.each<readonly [string, KvmHost, Vcpu, boolean | undefined, readonly string[]]>([
    ['with the interrupt controller that its host has', hostOf(), { gic: 'v3' }, true, []],
    ['with one that its host lacks', hostOf({ ID_AA64PFR0_EL1: 0x1101_0000_1011_0112n }), { gic: 'v3' }, false, []],
    ['with one of which that is not known', open, { gic: 'v3' }, undefined, ['gicv3']],
    ['with another one of which that is not known', open, { gic: 'v2' }, undefined, ['gicv2']],
    ['with the one that its host has, whichever it is', open, {}, true, []],
  ])('%s', (_, host, vcpu, isMade, rows) => {
    expect(makesVcpu(host, vcpu)).toBe(isMade);
    expect(openRefusals(host, vcpu).map(({ row }) => row)).toEqual(rows);
    expect(refusalOf(host, vcpu) === undefined).toBe(isMade !== false);
  });

  it('is refused at the first step that does not go, the order of making a VM', () => {
    const wanted = { protected: true, mte: true, gic: 'v2', features: ['sve'] } as const;
    const host = hostOf({ ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n });
    const { protected: _, ...second } = wanted;
    const { mte: __, ...third } = second;
    const { gic: ___, ...last } = third;
    expect([wanted, second, third, last].map((vcpu) => refusalOf(host, vcpu)?.step)).toEqual(['create_vm', 'mte', 'gic', 'init']);
  });
});

// A release that was read is exact in KVM's rows; one between two trees is not where a row turned between them.
it.each([
  ['7.2.13', 'exact'],
  ['6.12.117', 'exact'],
  ['6.15', 'bounded'],
])('what KVM of Linux %s does is %s', (release, fidelity) => {
  const { fidelity: found, doubts } = kvmAt(release);
  expect([found, doubts.length === 0]).toEqual([fidelity, fidelity === 'exact']);
});
