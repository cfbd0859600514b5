import { describe, expect, it } from 'vitest';
import { decodeMrs, encodeMrs, encodingOf, formatEncoding, isIdSpace, parseEncoding, registerAt } from '../../src/arch/encoding.ts';
import type { RegisterName } from '../../src/arch/register.ts';

// Arm ARM DDI 0487 and DDI 0601, "Accessing <register>" of each.
const PUBLISHED: readonly (readonly [RegisterName, string])[] = [
  ['MIDR_EL1', 'S3_0_C0_C0_0'],
  ['MPIDR_EL1', 'S3_0_C0_C0_5'],
  ['REVIDR_EL1', 'S3_0_C0_C0_6'],
  ['ID_AA64PFR0_EL1', 'S3_0_C0_C4_0'],
  ['ID_AA64ZFR0_EL1', 'S3_0_C0_C4_4'],
  ['ID_AA64SMFR0_EL1', 'S3_0_C0_C4_5'],
  ['ID_AA64DFR0_EL1', 'S3_0_C0_C5_0'],
  ['ID_AA64ISAR1_EL1', 'S3_0_C0_C6_1'],
  ['ID_AA64MMFR2_EL1', 'S3_0_C0_C7_2'],
  ['CTR_EL0', 'S3_3_C0_C0_1'],
  ['DCZID_EL0', 'S3_3_C0_C0_7'],
];

describe('a generic register name', () => {
  it.each(PUBLISHED)('of %s is %s', (name, text) => {
    expect(formatEncoding(encodingOf(name))).toBe(text);
    expect(registerAt(parseEncoding(text)!)).toBe(name);
  });

  it('is read in any case', () => {
    expect(parseEncoding('s3_3_c15_c14_7')).toEqual({ op0: 3, op1: 3, crn: 15, crm: 14, op2: 7 });
  });

  it.each([
    'S4_0_C0_C4_0',
    'S3_8_C0_C4_0',
    'S3_0_C16_C4_0',
    'S3_0_C0_C16_0',
    'S3_0_C0_C4_8',
    'S3_0_C0_C04_0',
    'S3_0_C0_C4',
    'MIDR_EL1',
    '',
  ])('is not %j', (text) => {
    expect(parseEncoding(text)).toBeUndefined();
  });
});

it('has no register at a reserved encoding of the ID space', () => {
  expect(registerAt({ op0: 3, op1: 0, crn: 0, crm: 4, op2: 3 })).toBeUndefined();
});

it.each([
  ['S3_0_C0_C0_0', true],
  ['S3_0_C0_C7_7', true],
  ['S2_0_C0_C4_0', false],
  ['S3_3_C0_C0_1', false],
  ['S3_0_C1_C0_0', false],
])('says of %s whether it is in the ID space: %s', (text, expected) => {
  expect(isIdSpace(parseEncoding(text)!)).toBe(expected);
});

describe('an MRS instruction', () => {
  it('0xd5380400 is MRS X0, ID_AA64PFR0_EL1', () => {
    const mrs = decodeMrs(0xd5380400);
    expect(mrs).toEqual({ encoding: { op0: 3, op1: 0, crn: 0, crm: 4, op2: 0 }, rt: 0 });
    expect(registerAt(mrs!.encoding)).toBe('ID_AA64PFR0_EL1');
  });

  it('0xd53b0021 is MRS X1, CTR_EL0', () => {
    const mrs = decodeMrs(0xd53b0021);
    expect(mrs?.rt).toBe(1);
    expect(registerAt(mrs!.encoding)).toBe('CTR_EL0');
  });

  it.each([
    ['MSR to the same register', 0xd5180400],
    ['NOP', 0xd503201f],
    ['zero', 0],
    ['a negative number', -1],
    ['more than 32 bits', 0x1_d538_0400],
    ['a fraction', 0.5],
  ])('is not %s', (_, word) => {
    expect(decodeMrs(word)).toBeUndefined();
  });

  it('cannot name op0 0 or 1', () => {
    expect(encodeMrs({ encoding: { op0: 1, op1: 0, crn: 7, crm: 5, op2: 0 }, rt: 0 })).toBeUndefined();
  });
});
