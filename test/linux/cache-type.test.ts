import { describe, expect, it } from 'vitest';
import { el0View } from '../../src/process/mrs.ts';
import { bootOf, cpu, type Fields } from '../support/booted.ts';

const IDC = 1n << 28n;

describe('CTR_EL0.IDC as the kernel counts it', () => {
  // CLIDR_EL1: LoUU in bits 29:27, LoC in 26:24, LoUIS in 23:21.
  it.each([
    ['6.12.117', 0x0a20_0023n, false], // caches to clean at both levels
    ['6.12.117', 0x0820_0023n, true], // LoC 0
    ['6.12.117', 0x0200_0023n, true], // LoUU and LoUIS 0
    ['6.12.117', 0x0220_0023n, false], // LoUIS 1
    ['6.12.117', 0x0a00_0023n, false], // LoUU 1
    ['6.12.117', 0xffff_ffff_f8ff_ffffn, true], // LoC 0, all else set
    ['6.12.117', 0x0480_0000n, false], // LoC and LoUIS 4
    ['6.12.117', 0x2400_0000n, false], // LoC and LoUU 4
    ['6.12.117', 0xc51f_ffffn, true], // LoUU and LoUIS 0, all else set
    ['4.19.0', 0x0200_0023n, false], // since 4.20
    ['4.20.0', 0x0200_0023n, true],
  ])('%s with CLIDR_EL1 %d: %s', (release, clidr, set) => {
    const system = bootOf(release, [cpu({}, { CLIDR_EL1: clidr })]);
    expect((system.registers.get('CTR_EL0')!.value & IDC) !== 0n).toBe(set);
    expect(system.cpus[0]?.trapsCtr).toBe(set);
    const inPart = bootOf(release, [cpu({}, { CLIDR_EL1: clidr }, { partly: { AIDR_EL1: { value: 0n, open: 1n } } })]);
    expect((inPart.registers.get('CTR_EL0')!.value & IDC) !== 0n).toBe(set);
    expect(inPart.unknown?.registers?.get('CTR_EL0')).toBeUndefined();
  });

  it('traps on a CPU that has DIC alone, where no clean is needed', () => {
    const system = bootOf('6.12.117', [cpu({ 'CTR_EL0.DIC': 1 }, { CLIDR_EL1: 0n })]);
    expect([system.cpus[0]?.trapsCtr, system.trappedCtr & IDC]).toEqual([true, IDC]);
  });

  it('is shown to EL0, which the hardware would not do', () => {
    expect(el0View(bootOf('6.12.117', [cpu({}, { CLIDR_EL1: 0n })])).get('S3_3_C0_C0_1')).toBe(0x8444_8004n | IDC);
  });
});

it('a late CPU without IDC does not go with a system that has it, whatever its DIC says', () => {
  const late = (registers: Fields) => cpu(registers, {}, { late: true });
  const second = (fields: Fields) => bootOf('6.12.117', [cpu({ 'CTR_EL0.IDC': 1 }), late(fields)]).cpus[1];
  expect(second({ 'CTR_EL0.IDC': 1 })?.online).toBe(true);
  expect(second({ 'CTR_EL0.DIC': 1 })?.refused).toContain('HAS_CACHE_IDC');
});

describe('a read of CTR_EL0 at EL0', () => {
  const one = cpu({ 'CTR_EL0.IminLine': 4 });
  const other = cpu({ 'CTR_EL0.IminLine': 3 });

  it('traps on the CPUs that differ from the system', () => {
    const system = bootOf('6.12.117', [one, other]);
    expect(system.cpus.map(({ trapsCtr }) => trapsCtr)).toEqual([true, false]);
    expect(el0View(system, 0).get('S3_3_C0_C0_1')).toBe(0x8444_8003n);
    expect(el0View(system, 1).get('S3_3_C0_C0_1')).toBe(0x8444_8003n);
  });

  it('traps on all CPUs if one differs, before 4.20', () => {
    for (const release of ['4.19.0', '4.19.304', '4.14.177', '4.9.115']) {
      const system = bootOf(release, [one, other]);
      expect(system.cpus.map(({ trapsCtr }) => trapsCtr)).toEqual([true, true]);
      expect(el0View(system, 1).get('S3_3_C0_C0_1')).toBe(0x8444_8003n);
    }
    expect(bootOf('4.20.0', [one, other]).cpus.map(({ trapsCtr }) => trapsCtr)).toEqual([true, false]);
  });

  // A bit that no field covers is zero in the system's copy, and compared nevertheless: such are DIC and IDC before 4.16.
  it.each([
    ['4.15.0', true],
    ['4.16.13', false],
  ])('%s traps on a CPU with CTR_EL0.IDC: %s', (release, traps) => {
    const system = bootOf(release, [cpu({ 'CTR_EL0.IDC': 1 })]);
    expect(system.cpus[0]?.trapsCtr).toBe(traps);
    expect(system.cpucaps.includes('MISMATCHED_CACHE_LINE_SIZE')).toBe(traps);
  });

  // DminLine, and what is no line size (CWG).
  it.each([
    ['4.18.0', 'CTR_EL0.DminLine', ['MISMATCHED_CACHE_LINE_SIZE']],
    ['4.18.0', 'CTR_EL0.CWG', ['MISMATCHED_CACHE_LINE_SIZE']],
    ['4.19.0', 'CTR_EL0.DminLine', ['MISMATCHED_CACHE_LINE_SIZE']],
    ['4.19.0', 'CTR_EL0.IminLine', ['MISMATCHED_CACHE_LINE_SIZE']],
    ['4.19.0', 'CTR_EL0.CWG', ['MISMATCHED_CACHE_TYPE']],
    ['4.14.177', 'CTR_EL0.CWG', ['MISMATCHED_CACHE_TYPE']],
    ['4.20.0', 'CTR_EL0.DminLine', ['MISMATCHED_CACHE_TYPE']],
    ['4.20.0', 'CTR_EL0.CWG', ['MISMATCHED_CACHE_TYPE']],
  ] as const)('%s names a difference in %s %s', (release, field, names) => {
    const system = bootOf(release, [cpu({ [field]: 3 }), cpu({ [field]: 2 })]);
    expect(system.cpucaps.filter((name) => name.startsWith('MISMATCHED'))).toEqual(names);
  });

  it('does not before 4.9', () => {
    const system = bootOf('4.8.15', [one, other]);
    expect(system.cpus.map(({ trapsCtr }) => trapsCtr)).toEqual([false, false]);
    expect(el0View(system, 0).get('S3_3_C0_C0_1')).toBe(0x8444_8004n);
  });

  it('gives the upper half of the register only if it does not trap', () => {
    const wide = 0x20_8444_8004n;
    const view = (clidr: bigint) => el0View(bootOf('6.12.117', [cpu({}, { CTR_EL0: wide, CLIDR_EL1: clidr })])).get('S3_3_C0_C0_1');
    expect(view(0x0a20_0023n)).toBe(wide);
    expect(view(0n)).toBe((wide & 0xffff_ffffn) | IDC);
  });

  it('does not trap where CPUs differ only in what they may', () => {
    const system = bootOf('6.12.117', [cpu({ 'CTR_EL0.L1Ip': 3 }), cpu({ 'CTR_EL0.L1Ip': 2 })]);
    expect(system.cpus.map(({ trapsCtr }) => trapsCtr)).toEqual([false, false]);
  });

  it('does not trap on a CPU that is not online', () => {
    const system = bootOf('6.12.117', [one, other], { cmdline: 'nosmp' });
    expect(system.cpus.map(({ trapsCtr }) => trapsCtr)).toEqual([false, false]);
  });
});

// notes, section 8: with erratum 1542419 of a Neoverse-N1 that has DIC a read traps, DIC is zero and IminLine a page, log2 of its words.
describe('a Neoverse-N1 with DIC shows programs', () => {
  const dic = 1n << 29n;
  const n1 = { ...cpu({ 'CTR_EL0.DIC': 1 }).registers };
  const config = (pages: string) => ({ CONFIG_ARM64_ERRATUM_1542419: 'y', CONFIG_ARM64_4K_PAGES: 'n', [pages]: 'y' });

  it.each([
    ['CONFIG_ARM64_4K_PAGES', 10n],
    ['CONFIG_ARM64_16K_PAGES', 12n],
    ['CONFIG_ARM64_64K_PAGES', 14n],
  ])('lines as long as a page with %s', (pages, line) => {
    const system = bootOf('6.12.117', [{ registers: { ...n1, MIDR_EL1: 0x413f_d0c1n } }], { config: config(pages) });
    expect(system.trappedCtr).toBe((n1.CTR_EL0! & ~dic & ~0xfn) | line);
  });

  it('these two bits open where it may be another core', () => {
    const { MIDR_EL1: _, ...registers } = n1;
    const partly = { MIDR_EL1: { value: 0x413f_d001n, open: 0xf0n | 0xf00n } };
    const system = bootOf('6.12.117', [{ registers, partly }], { config: config('CONFIG_ARM64_4K_PAGES') });
    expect([system.trappedCtr, system.unknown?.trappedCtr]).toEqual([n1.CTR_EL0! & ~dic & ~0xfn, dic | 0xfn]);
  });
});
