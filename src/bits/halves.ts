/** A 64-bit value as two 32-bit ones, as bit operations on numbers take them. */
export interface Halves {
  /** Bits 31 to 0, as a signed number. */
  readonly low: number;
  /** Bits 63 to 32, as a signed number. */
  readonly high: number;
}

/**
 * Splits a value: fields of the halves are read in a fraction of the time that fields of a bigint take.
 *
 * @example
 * ```js
 * halvesOf(0x1_0000_0002n).high // → 1
 * ```
 */
export function halvesOf(value: bigint): Halves {
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)) };
}

/** An unsigned field, up to 32 bits wide, that lies in one half; `undefined` for one that lies in both. */
export function fieldOfHalves({ low, high }: Halves, lsb: number, width: number): number | undefined {
  if (lsb < 32 && lsb + width > 32) return undefined;
  return (((lsb < 32 ? low : high) >>> (lsb & 31)) & (width === 32 ? -1 : (1 << width) - 1)) >>> 0;
}
