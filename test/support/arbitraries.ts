import fc from 'fast-check';
import { ENCODINGS } from '../../src/arch/generated/encodings.ts';
import type { RegisterName } from '../../src/arch/register.ts';
import { ALL_BITS, type BitRange } from '../../src/bits/field.ts';

/** Any 64-bit value; half of the runs take ID-like values, of which most fields are small. */
export function word64(): fc.Arbitrary<bigint> {
  const nibble = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 15 }));
  const idLike = fc
    .array(nibble, { minLength: 16, maxLength: 16 })
    .map((nibbles) => nibbles.reduce((word, digit) => (word << 4n) | BigInt(digit), 0n));
  return fc.oneof(fc.bigInt({ min: 0n, max: ALL_BITS }), idLike);
}

/** Any range of bits in a 64-bit value. */
export function bitRange(): fc.Arbitrary<BitRange> {
  const bit = () => fc.integer({ min: 0, max: 63 });
  return fc.tuple(bit(), bit()).map(([a, b]) => ({ msb: Math.max(a, b), lsb: Math.min(a, b) }));
}

/** The name of any register in the table. */
export function registerName(): fc.Arbitrary<RegisterName> {
  return fc.constantFrom(...(Object.keys(ENCODINGS) as RegisterName[]));
}
