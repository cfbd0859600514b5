import { describe, expect, it } from 'vitest';
import { likelyBootEl } from '../../src/answers/likely-boot-el.ts';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { asUsual, usualHwcaps } from '../../src/answers/usual-hwcaps.ts';
import { parseRegisterDump } from '../../src/formats/register-dump.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

const A76 = 'MIDR_EL1 0x414fd0b1\nID_AA64PFR0_EL1 0x1100000010111112\nID_AA64PFR1_EL1 0x10\nID_AA64ISAR0_EL1 0x100010211120\n';
const KERNEL = { release: '6.12' };
const machineOf = async (text: string) => (await machineOfCapture(parseRegisterDump(text).value))!.value.machine;

describe('a register that a text does not list', () => {
  it('is not known', async () => {
    const { hwcaps, unknown } = boot(await machineOf(A76), KERNEL);
    expect(hwcaps.names).toContain('atomics');
    expect(unknown?.hwcaps).toContain('lrcpc');
  });

  it('is zero if the text says so', async () => {
    expect(boot(await machineOf(`unlisted: zero\n${A76}`), KERNEL).unknown).toBeUndefined();
  });

  it('is zero where it describes an extension that the CPU lacks', async () => {
    const [cpu] = (await machineOf(A76)).cpus;
    expect([cpu?.registers.ID_AA64ZFR0_EL1, cpu?.registers.ID_AA64SMFR0_EL1]).toEqual([0n, 0n]);
    const [streaming] = (await machineOf(A76.replace('PFR1_EL1 0x10', 'PFR1_EL1 0x1000010'))).cpus;
    expect([streaming?.registers.ID_AA64ZFR0_EL1, streaming?.registers.ID_AA64SMFR0_EL1]).toEqual([undefined, undefined]);
    const [silent] = (await machineOf(A76.replace(/ID_AA64PFR1.*\n/, ''))).cpus;
    expect(silent?.registers.ID_AA64ZFR0_EL1).toBeUndefined();
  });

  it('is told by a Features line beside it, and by nothing against what is listed', async () => {
    const { value } = parseRegisterDump(A76);
    const names = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp'.split(' ');
    const found = await machineOfCapture({ ...value, hwcaps: { names }, kernel: { release: '6.1' } });
    const { hwcaps, unknown } = boot(found!.value.machine, { release: '6.1' });
    expect([hwcaps.names, unknown?.hwcaps]).toEqual([names, undefined]);
  });
});

describe('what is usual for a core', () => {
  it('tells of hwcaps that are open', async () => {
    const machine = await machineOf(A76);
    const usual = await usualHwcaps(machine, KERNEL, {}, boot(machine, KERNEL));
    expect(usual?.cores).toEqual(['Cortex-A76']);
    expect(usual?.system.hwcaps.names).toEqual(expect.arrayContaining(['fp', 'lrcpc', 'dcpop']));
    expect(usual?.system.unknown?.hwcaps).toBeUndefined();
  });

  it('says nothing where nothing is open, or of a core that nobody read', async () => {
    const whole = await machineOf(`unlisted: zero\n${A76}`);
    expect(await usualHwcaps(whole, KERNEL, {}, boot(whole, KERNEL))).toBeUndefined();
    const machine = await machineOf(A76.replace('0x414fd0b1', '0x411fd999'));
    expect(await usualHwcaps(machine, KERNEL, {}, boot(machine, KERNEL))).toBeUndefined();
  });

  it('stands behind what is listed', async () => {
    const usual = await asUsual(await machineOf(A76.replace('0x100010211120', '0x0')));
    expect([usual.unlisted, usual.cpus[0]?.registers.ID_AA64ISAR0_EL1, usual.cpus[0]?.registers.ID_AA64ISAR1_EL1]).toEqual([
      'unknown',
      0n,
      0x10_0001n,
    ]);
  });
});

describe('registers that were read at EL0', () => {
  const EL0 = 'MIDR_EL1 0x414fd0b1\nID_AA64PFR0_EL1 0x110011\nID_AA64ISAR0_EL1 0x100010211120\nID_AA64MMFR1_EL1 0x0\n';
  const seen = (kernel?: { readonly release: string }) =>
    machineOfCapture({ ...parseRegisterDump(EL0).value, registersAs: 'el0', ...(kernel && { kernel }) });

  it('leave open what the kernel hides, and tell what it shows', async () => {
    const { value, diagnostics } = (await seen({ release: '6.12' }))!;
    const [cpu] = value.machine.cpus;
    expect(diagnostics.map(({ code }) => code)).toContain('el0-view');
    // FP, AdvSIMD and DIT are shown; EL0 to EL3 and CSV2 are not.
    expect(cpu?.partly?.ID_AA64PFR0_EL1).toMatchObject({ value: 0x11_0000n });
    expect((cpu?.partly?.ID_AA64PFR0_EL1?.open ?? 0n) & 0x000f_0000_00ff_0000n).toBe(0n);
    expect((cpu?.partly?.ID_AA64PFR0_EL1?.open ?? 0n) & 0x0f00_0000_0000_ff00n).toBe(0x0f00_0000_0000_ff00n);
    expect(boot(value.machine, { release: '6.12' }).unknown?.cpucaps).toContain('HAS_PAN');
    expect(boot(value.machine, { release: '6.12' }).hwcaps.names).toContain('asimddp');
  });

  it('tell of a field that is zero only if the kernel is known', async () => {
    const open = async (kernel?: { readonly release: string }) => {
      const word = (await seen(kernel))?.value.machine.cpus[0]?.partly?.ID_AA64ISAR0_EL1;
      return ((word?.open ?? 0n) >> 52n) & 0xfn;
    };
    expect([await open({ release: '6.12' }), await open()]).toEqual([0n, 0xfn]);
  });
});

describe('the level at which a kernel starts on a known machine', () => {
  it.each([
    ['rk3588', 2],
    ['a64fx', 2],
  ])('%s: EL%i, which it has', async (name, level) => {
    const { recorded: _, ...known } = await loadMachine(name);
    expect(likelyBootEl(known)).toBe(level);
  });

  it.each([
    ['a virtual machine starts at EL1', 'virtual-machine', 0x1111n, 1],
    ['silicon without EL2 starts at EL1', 'silicon', 0x1011n, 1],
    ['silicon with EL2 starts there', 'silicon', 0x1111n, 2],
    ['of texts alone it is not known', 'recorded', 0x1111n, undefined],
  ] as const)('%s', (_, kind, pfr0, level) => {
    expect(likelyBootEl({ kind, machine: { cpus: [{ registers: { ID_AA64PFR0_EL1: pfr0 } }] } })).toBe(level);
  });

  it('is what a recording says', () => {
    const recorded = { release: '6.8', config: 'defconfig', bootEl: 1, features: [], source: '' } as const;
    expect(likelyBootEl({ kind: 'silicon', machine: { cpus: [{ registers: { ID_AA64PFR0_EL1: 0x1111n } }] }, recorded })).toBe(1);
  });
});
