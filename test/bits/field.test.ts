import { describe, expect, it } from 'vitest';
import { ALL_BITS, extractField, extractSignedField, insertField, maskOf, readField, widthOf } from '../../src/bits/field.ts';

const FP = { msb: 19, lsb: 16 };

describe('a field of a register', () => {
  it('reads ID_AA64PFR0_EL1.FP = 0b1111 (no floating point) as -1', () => {
    expect(extractSignedField(0x000f_0000n, FP)).toBe(-1n);
    expect(readField(0x000f_0000n, FP, 'signed')).toBe(-1n);
  });

  it('reads the same bits as 15 where the field is unsigned', () => {
    expect(extractField(0x000f_0000n, FP)).toBe(15n);
    expect(readField(0x000f_0000n, FP, 'unsigned')).toBe(15n);
  });

  it.each([
    [0b0000n, 0n],
    [0b0111n, 7n],
    [0b1000n, -8n],
    [0b1110n, -2n],
  ])('reads the signed nibble %s as %s', (raw, value) => {
    expect(extractSignedField(raw, { msb: 3, lsb: 0 })).toBe(value);
  });

  it('does not see the bits beside it', () => {
    expect(extractField(0xffff_ffff_fff0_ffffn, FP)).toBe(0n);
  });
});

describe('inserting', () => {
  it('cuts the value to the field, so -1 sets all of its bits', () => {
    expect(insertField(0n, FP, -1n)).toBe(0xf_0000n);
    expect(insertField(0n, FP, 0x12n)).toBe(0x2_0000n);
  });

  it('clears what was there', () => {
    expect(insertField(ALL_BITS, { msb: 63, lsb: 60 }, 0n)).toBe(0x0fff_ffff_ffff_ffffn);
  });
});

it.each([
  [{ msb: 63, lsb: 0 }, 64, ALL_BITS],
  [{ msb: 63, lsb: 60 }, 4, 0xf000_0000_0000_0000n],
  [{ msb: 0, lsb: 0 }, 1, 1n],
])('knows the width and the mask of %j', (range, width, mask) => {
  expect(widthOf(range)).toBe(width);
  expect(maskOf(range)).toBe(mask);
});
