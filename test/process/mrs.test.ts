import { describe, expect, it } from 'vitest';
import { parseEncoding } from '../../src/arch/encoding.ts';
import { ALL_BITS } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import { el0View, genericNameOf, type MrsResult, openAtEl0, readAtEl0, readAtEl1 } from '../../src/process/mrs.ts';
import { bootedCpu, handmadeSystem, visible } from '../support/system.ts';

const at = (generic: string) => parseEncoding(generic)!;

// Linux Documentation/arch/arm64/cpu-feature-registers.rst, and arch/arm64/kernel/cpufeature.c, emulate_id_reg().
describe('MRS at EL0', () => {
  const system = handmadeSystem({
    cpus: [
      bootedCpu(0, { MIDR_EL1: 0x410f_d083n, MPIDR_EL1: 0x8000_0100n, CTR_EL0: 0x8444_c004n, DCZID_EL0: 4n, CNTFRQ_EL0: 54_000_000n }),
      bootedCpu(1, { MIDR_EL1: 0x410f_d034n, CTR_EL0: 0x8444_8004n }, { trapsCtr: true }),
    ],
    online: [0, 1],
    trappedCtr: 0x8444_4004n,
    tracked: [
      { name: 'ID_AA64PFR0_EL1', value: 0x1101_0000_1011_0111n, userMask: 0x000f_0000_00ff_0000n, userValue: 0x11n },
      visible('ID_PFR0_EL1', 0x131n),
      visible('ID_ISAR5_EL1', 0x1121n),
    ],
  });

  it.each<[string, MrsResult | undefined, string]>([
    ['S3_0_C0_C0_0', 0x410f_d083n, "MIDR_EL1 is the CPU's own"],
    ['S3_0_C0_C0_5', 0x8000_0000n, 'MPIDR_EL1 is a constant'],
    ['S3_0_C0_C0_6', 0n, 'REVIDR_EL1 is zero'],
    ['S3_0_C0_C0_1', 'SIGILL', 'nothing else stands at CRm 0'],
    ['S3_0_C0_C1_0', 'SIGILL', 'ID_PFR0_EL1 is never emulated'],
    ['S3_0_C0_C2_5', 0x1121n, 'ID_ISAR5_EL1 is, from CRm 2 on'],
    ['S3_0_C0_C4_0', 0x0001_0000_0011_0011n, 'hidden fields show their safe value'],
    ['S3_0_C0_C7_7', 0n, 'an encoding without a register reads as zero'],
    ['S3_0_C0_C8_0', 'SIGILL', 'the ID space ends at CRm 7'],
    ['S3_1_C0_C0_1', 'SIGILL', 'CLIDR_EL1 belongs to EL1'],
    ['S3_3_C0_C0_0', 'SIGILL', 'no register'],
    ['S3_3_C0_C0_1', 0x8444_c004n, 'CTR_EL0 comes from hardware'],
    ['S3_3_C0_C0_7', 4n, 'DCZID_EL0 comes from hardware'],
    ['S3_3_C14_C0_0', 54_000_000n, 'CNTFRQ_EL0 comes from hardware'],
    ['S3_3_C13_C0_2', undefined, 'TPIDR_EL0 is no ID register'],
    ['S2_0_C0_C0_2', 'SIGILL', 'debug registers trap'],
  ])('%s gives %s: %s', (generic, expected) => {
    expect(readAtEl0(system, at(generic))).toBe(expected);
  });

  it('gives each CPU its own MIDR_EL1 and a trapped CTR_EL0 where the CPU traps', () => {
    expect(readAtEl0(system, at('S3_0_C0_C0_0'), 1)).toBe(0x410f_d034n);
    expect(readAtEl0(system, at('S3_3_C0_C0_1'), 1)).toBe(0x8444_4004n);
  });

  it('ends in SIGILL below CRm 4 until 6.0', () => {
    const older = { ...system, mrsEmulatedFrom: 4 };
    expect(readAtEl0(older, at('S3_0_C0_C2_5'))).toBe('SIGILL');
    expect(readAtEl0(older, at('S3_0_C0_C4_0'))).toBe(0x0001_0000_0011_0011n);
  });

  it('ends in SIGILL throughout the ID space before 4.11, but not for CTR_EL0', () => {
    const { mrsEmulatedFrom: _, ...oldest } = system;
    expect(readAtEl0(oldest, at('S3_0_C0_C0_0'))).toBe('SIGILL');
    expect(readAtEl0(oldest, at('S3_0_C0_C4_0'))).toBe('SIGILL');
    expect(readAtEl0(oldest, at('S3_3_C0_C0_1'))).toBe(0x8444_c004n);
  });

  it('reads unknown hardware registers as zero, and CNTFRQ_EL0 from the environment of the boot', () => {
    const bare = boot({ cpus: [{ registers: {} }] }, { release: '6.12' }, { timerHz: 62_500_000 });
    expect(readAtEl0(bare, at('S3_3_C14_C0_0'))).toBe(62_500_000n);
    const unknown = handmadeSystem({ cpus: [] });
    for (const generic of ['S3_0_C0_C0_0', 'S3_3_C0_C0_1', 'S3_3_C0_C0_7', 'S3_3_C14_C0_0'])
      expect(readAtEl0(unknown, at(generic))).toBe(0n);
  });
});

// Linux cpufeature.c, is_emulated() and emulate_id_reg(): MIDR_EL1, MPIDR_EL1 and REVIDR_EL1 at CRm 0 go with no lower bound of CRm.
it.each([
  ['from CRm 2 or 4 on', 4, [0n, 0n, ALL_BITS, ALL_BITS, 0n, 0n, 0n]],
  ['from CRm 2 on or not at all', 8, [ALL_BITS, ALL_BITS, ALL_BITS, ALL_BITS, ALL_BITS, ALL_BITS, 0n]],
])('where it is not known whether MRS is emulated %s, what hangs on that is open', (_, mrsEmulatedFrom, open) => {
  const system = handmadeSystem({ tracked: [visible('ID_ISAR5_EL1', 0x1121n)], unknown: { mrsEmulatedFrom } });
  const names = ['S3_0_C0_C0_5', 'S3_0_C0_C0_6', 'S3_0_C0_C2_5', 'S3_0_C0_C3_7', 'S3_0_C0_C4_0', 'S3_0_C0_C7_0', 'S3_3_C13_C0_2'];
  expect(names.map((name) => openAtEl0(system, at(name)))).toEqual(open);
});

describe('the EL0 view', () => {
  it('has every encoding that the record names: 128 + 8 + 8 + 1', () => {
    const keys = [...el0View(handmadeSystem()).keys()];
    expect(keys).toHaveLength(145);
    expect(keys.slice(0, 2)).toEqual(['S3_0_C0_C0_0', 'S3_0_C0_C0_1']);
    expect(keys.slice(-2)).toEqual(['S3_3_C0_C0_7', 'S3_3_C14_C0_0']);
    expect(keys).toContain('S3_1_C0_C0_7');
  });
});

describe('MRS at EL1', () => {
  const registers = { ID_AA64PFR0_EL1: 0x2222n, MPAMIDR_EL1: 7n, CNTFRQ_EL0: 24_000_000n };
  it.each([
    ['S3_0_C0_C4_0', 0x2222n],
    ['S3_0_C10_C4_4', 7n],
    ['S3_3_C14_C0_0', 24_000_000n],
    ['S3_0_C0_C4_1', undefined],
    ['S3_0_C0_C7_7', 0n],
    ['S3_0_C0_C0_1', undefined],
    ['S3_3_C13_C0_2', undefined],
  ])('%s gives %s', (generic, expected) => {
    expect(readAtEl1(registers, at(generic))).toBe(expected);
  });

  it('knows registers by their generic names', () => {
    expect(genericNameOf('ID_AA64PFR0_EL1')).toBe('S3_0_C0_C4_0');
    expect(genericNameOf('ICH_VTR_EL2')).toBe('S3_4_C12_C11_1');
  });
});

it('of CTR_EL0 nothing is open where the kernel answers with what is known, whatever else is not', () => {
  const cpus = [bootedCpu(0, {}, { trapsCtr: true })];
  const system = handmadeSystem({ cpus, trappedCtr: 0x8444_c004n, unknown: { hwcaps: ['sb'] } });
  expect(openAtEl0(system, at('S3_3_C0_C0_1'))).toBe(0n);
});
