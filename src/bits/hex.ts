/** The width of a formatted 64-bit value, without `0x`. */
const DIGITS = 16;
/** Most registers are zero. */
const ZERO = '0x0000000000000000';

/**
 * Writes a 64-bit value as `0x` and 16 lower-case digits.
 *
 * @example
 * ```js
 * formatHex(0x11n) // → '0x0000000000000011'
 * ```
 */
export function formatHex(value: bigint): string {
  return value === 0n ? ZERO : `0x${value.toString(16).padStart(DIGITS, '0')}`;
}

/**
 * Reads an unsigned 64-bit value: `0x` hexadecimal, `0b` binary or decimal; `_` may separate digits.
 *
 * @returns The value, or `undefined` if the text is no number or does not fit 64 bits.
 *
 * @example
 * ```js
 * parseWord('0x11') // → 17n
 * ```
 */
export function parseWord(text: string): bigint | undefined {
  const plain = text.trim().replace(/(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])/g, '');
  if (!/^(0[xX][0-9a-fA-F]{1,64}|0[bB][01]{1,256}|[0-9]{1,80})$/.test(plain)) return undefined;
  const value = BigInt(plain);
  return BigInt.asUintN(64, value) === value ? value : undefined;
}
