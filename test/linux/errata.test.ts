import { describe, expect, it } from 'vitest';
import { el0View } from '../../src/process/mrs.ts';
import type { Cpu } from '../../src/silicon/machine.ts';
import { composeMidr } from '../../src/silicon/midr.ts';
import { bootOf, cpu } from '../support/booted.ts';

function arm(part: number, variant: number, revision: number): { readonly MIDR_EL1: bigint } {
  return { MIDR_EL1: composeMidr({ implementer: 0x41, variant, part, revision }) };
}

const CORTEX_A76 = arm(0xd0b, 4, 1);
const CORTEX_A57 = 0xd07;
const CORTEX_A72 = 0xd08;
const CORTEX_A510 = 0xd46;
const NEOVERSE_N1 = arm(0xd0c, 3, 1);

describe('SSBS that is not self-synchronizing', () => {
  const safe = { 'ID_AA64PFR0_EL1.EL0': 2, 'ID_AA64PFR1_EL1.SSBS': 2, 'ID_PFR2_EL1.SSBS': 1 } as const;

  it.each([
    ['6.12.117', false],
    ['6.1.192', false],
    ['6.1.20', true], // not yet taken
    ['6.1.104', true],
    ['6.1.105', false],
    ['5.10.223', true],
    ['5.10.224', false],
    ['5.15.158', true],
    ['5.15.167', false],
  ])('in %s: ssbs %s', (release, has) => {
    const system = bootOf(release, [cpu(safe, CORTEX_A76)]);
    expect(system.hwcaps.names.includes('ssbs')).toBe(has);
    expect(el0View(system).get('S3_0_C0_C4_1')).toBe(has ? 0x20n : 0n);
  });

  it.each(['6.6.40', '6.8.0-60-generic'])('in %s, which may have taken the workaround and its option: it is not known', (release) => {
    const { hwcaps, unknown } = bootOf(release, [cpu(safe, CORTEX_A76)]);
    expect(hwcaps.names).not.toContain('ssbs');
    expect(unknown?.hwcaps).toContain('ssbs');
  });

  it('is not known either where one CPU of several has it', () => {
    expect(bootOf('6.6.40', [cpu(safe), cpu(safe, CORTEX_A76)]).unknown?.hwcaps).toContain('ssbs');
    const about = (cpus: readonly Cpu[]) => bootOf('6.6.40', cpus).doubts.filter(({ midr }) => midr !== undefined);
    expect(about([cpu(safe, CORTEX_A76)])).not.toEqual([]);
    expect(about([cpu(safe), cpu(safe, CORTEX_A76)])).toEqual(about([cpu(safe, CORTEX_A76)]));
    expect(about([cpu(safe)])).toEqual([]);
  });

  it('concerns the system if one CPU has it, but no AArch32 program', () => {
    const system = bootOf('6.12.117', [cpu(safe), cpu(safe, CORTEX_A76)]);
    expect(system.hwcaps.names).not.toContain('ssbs');
    expect(system.compat.names).toContain('ssbs');
    expect(system.cpucaps).toContain('SSBS');
  });

  it('counts only with its option', () => {
    expect(bootOf('6.12.117', [cpu(safe, CORTEX_A76)], { config: { CONFIG_ARM64_ERRATUM_3194386: 'n' } }).hwcaps.names).toContain('ssbs');
  });
});

describe('BFloat16 on Cortex-A510', () => {
  const bf16 = { 'ID_AA64ISAR1_EL1.BF16': 2, 'ID_AA64PFR0_EL1.SVE': 1, 'ID_AA64ZFR0_EL1.BF16': 1 } as const;
  it.each([
    ['r0p3', arm(CORTEX_A510, 0, 3), false],
    ['r1p1', arm(CORTEX_A510, 1, 1), false],
    ['r1p1 with bit 25 of REVIDR_EL1', { ...arm(CORTEX_A510, 1, 1), REVIDR_EL1: 1n << 25n }, true],
    ['r1p0 with bit 25 of REVIDR_EL1', { ...arm(CORTEX_A510, 1, 0), REVIDR_EL1: 1n << 25n }, false],
    ['r1p2', arm(CORTEX_A510, 1, 2), true],
  ])('%s', (_, registers, has) => {
    const { hwcaps } = bootOf('6.12.117', [cpu(bf16, registers)]);
    expect(hwcaps.names.includes('bf16')).toBe(has);
    expect(hwcaps.names.includes('ebf16')).toBe(has);
    expect(hwcaps.names).toContain('svebf16');
  });

  it('is not known before 6.1', () => {
    expect(bootOf('5.10.223', [cpu(bf16, arm(CORTEX_A510, 0, 3))]).hwcaps.names).toContain('bf16');
  });
});

describe('AES of AArch32', () => {
  const crypto = { 'ID_AA64PFR0_EL1.EL0': 2, 'ID_ISAR5_EL1.AES': 2, 'ID_AA64ISAR0_EL1.AES': 2 } as const;
  it.each([
    ['6.12.117', 'Cortex-A57 r0p0', arm(CORTEX_A57, 0, 0), true],
    ['6.12.117', 'Cortex-A57 r0p1', arm(CORTEX_A57, 0, 1), false],
    ['6.12.117', 'Cortex-A57 r1p3', arm(CORTEX_A57, 1, 3), false],
    ['6.12.117', 'Cortex-A72 r0p0', arm(CORTEX_A72, 0, 0), false],
    ['5.10.223', 'Cortex-A72 r0p3', arm(CORTEX_A72, 0, 3), false],
    ['5.10.7', 'Cortex-A72 r0p3', arm(CORTEX_A72, 0, 3), true], // taken later
  ])('%s on %s', (release, _, registers, has) => {
    const system = bootOf(release, [cpu(crypto, registers)]);
    expect(system.compat.names.includes('aes')).toBe(has);
    expect(system.compat.names).toContain('pmull');
    expect(system.hwcaps.names).toContain('aes');
    expect(system.registers.get('ID_ISAR5_EL1')?.value).toBe(0x20n);
  });
});

describe('instruction fetches of Neoverse N1', () => {
  const coherent = { 'CTR_EL0.DIC': 1, 'CTR_EL0.IDC': 1 } as const;
  const raw = 0xb444_8004n;
  const ctr = (config: 'y' | 'n', pages: '4K' | '16K' | '64K' = '4K'): unknown => {
    const sizes = Object.fromEntries(['4K', '16K', '64K'].map((size) => [`CONFIG_ARM64_${size}_PAGES`, size === pages ? 'y' : 'n']));
    return el0View(bootOf('6.12.117', [cpu(coherent, NEOVERSE_N1)], { config: { ...sizes, CONFIG_ARM64_ERRATUM_1542419: config } })).get(
      'S3_3_C0_C0_1',
    );
  };

  it('make the kernel answer for CTR_EL0: no DIC, and lines as large as pages', () => {
    expect(ctr('y')).toBe((raw & ~(1n << 29n) & ~0xfn) | 10n);
    expect(ctr('y', '16K')).toBe((raw & ~(1n << 29n) & ~0xfn) | 12n);
    expect(ctr('y', '64K')).toBe((raw & ~(1n << 29n) & ~0xfn) | 14n);
  });

  it('are left alone without the option', () => {
    expect(ctr('n')).toBe(raw);
  });
});
