/**
 * The ground floor: bit ranges of 64-bit values.
 *
 * A register is a `bigint` from 0 to 2^64 - 1. A field is an inclusive range of its bits. Arm's ID scheme knows two readings of
 * a field: unsigned, and signed (two's complement over the field's own width), where `0b1111` stands for "not implemented".
 *
 * @module
 */

/** An inclusive range of bits, 63 ≥ `msb` ≥ `lsb` ≥ 0. */
export interface BitRange {
  /** The highest bit. */
  readonly msb: number;
  /** The lowest bit. */
  readonly lsb: number;
}

/** How the top bit of a field reads: as weight 2^(width-1), or as a sign. */
export type FieldSign = 'unsigned' | 'signed';

/** All 64 bits set. */
export const ALL_BITS = 0xffff_ffff_ffff_ffffn;

/** The number of bits in a range, 1 to 64. */
export function widthOf({ msb, lsb }: BitRange): number {
  return msb - lsb + 1;
}

/** A mask with the bits of a range set, in place. */
export function maskOf({ msb, lsb }: BitRange): bigint {
  return ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
}

/**
 * Reads a field as an unsigned number, 0 to 2^width - 1.
 *
 * @example
 * ```js
 * extractField(0x20_0000n, { msb: 23, lsb: 20 }) // → 2n
 * ```
 */
export function extractField(value: bigint, { msb, lsb }: BitRange): bigint {
  return BigInt.asUintN(msb - lsb + 1, value >> BigInt(lsb));
}

/**
 * Reads a field whose top bit is a sign, such as `ID_AA64PFR0_EL1.FP`, where `0b1111` means "not implemented" and must compare
 * below `0b0000`.
 *
 * @returns The field, -2^(width-1) to 2^(width-1) - 1.
 * @see Arm ARM DDI 0487, "Principles of the ID scheme for fields in ID registers".
 *
 * @example
 * ```js
 * extractSignedField(0xf_0000n, { msb: 19, lsb: 16 }) // → -1n
 * ```
 */
export function extractSignedField(value: bigint, { msb, lsb }: BitRange): bigint {
  return BigInt.asIntN(msb - lsb + 1, value >> BigInt(lsb));
}

/**
 * Reads a field with the sign it is declared with.
 *
 * @example
 * ```js
 * readField(0xf_0000n, { msb: 19, lsb: 16 }, 'signed') // → -1n
 * ```
 */
export function readField(value: bigint, range: BitRange, sign: FieldSign): bigint {
  return sign === 'signed' ? extractSignedField(value, range) : extractField(value, range);
}

/**
 * Replaces a field; `field` is cut to the width of the range, so -1n sets every bit of it.
 *
 * @example
 * ```js
 * insertField(0n, { msb: 23, lsb: 20 }, 2n) // → 0x20_0000n
 * ```
 */
export function insertField(value: bigint, range: BitRange, field: bigint): bigint {
  const mask = maskOf(range);
  return (value & ~mask & ALL_BITS) | ((field << BigInt(range.lsb)) & mask);
}
