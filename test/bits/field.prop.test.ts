import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_BITS, type BitRange, extractField, extractSignedField, insertField, maskOf, widthOf } from '../../src/bits/field.ts';
import { bitRange, word64 } from '../support/arbitraries.ts';

/** The 64 bits of a value, bit 0 first: a second way to read fields, without shifts. */
function bitsOf(value: bigint): readonly number[] {
  return value.toString(2).padStart(64, '0').split('').reverse().map(Number);
}

/** A sum of weights over a range of bits. */
function weigh(value: bigint, { msb, lsb }: BitRange): bigint {
  return bitsOf(value)
    .slice(lsb, msb + 1)
    .reduce((sum, bit, position) => sum + BigInt(bit) * 2n ** BigInt(position), 0n);
}

it('an unsigned field is the sum of the weights of its bits', () => {
  fc.assert(
    fc.property(word64(), bitRange(), (value, range) => {
      expect(extractField(value, range)).toBe(weigh(value, range));
    }),
  );
});

it('a signed field gives its top bit the negative weight', () => {
  fc.assert(
    fc.property(word64(), bitRange(), (value, range) => {
      const top = BigInt(bitsOf(value)[range.msb] ?? 0) * 2n ** BigInt(widthOf(range));
      expect(extractSignedField(value, range)).toBe(weigh(value, range) - top);
    }),
  );
});

it('what was inserted is extracted', () => {
  fc.assert(
    fc.property(word64(), bitRange(), word64(), (value, range, field) => {
      const cut = field % 2n ** BigInt(widthOf(range));
      expect(extractField(insertField(value, range, field), range)).toBe(cut);
    }),
  );
});

it('inserting what is there changes nothing, signed or not', () => {
  fc.assert(
    fc.property(word64(), bitRange(), (value, range) => {
      expect(insertField(value, range, extractField(value, range))).toBe(value);
      expect(insertField(value, range, extractSignedField(value, range))).toBe(value);
    }),
  );
});

it('inserting changes no bit outside the range and stays within 64 bits', () => {
  fc.assert(
    fc.property(word64(), bitRange(), word64(), (value, range, field) => {
      const after = insertField(value, range, field);
      expect(after & ~maskOf(range)).toBe(value & ~maskOf(range));
      expect(after >= 0n && after <= ALL_BITS).toBe(true);
    }),
  );
});
