import { ArmlensError } from '../errors.ts';

/**
 * Memory that holds words of 64 bits, little-endian: the bytes of a `BigUint64Array`. Any view of them will do, and so will one that
 * begins at an odd byte.
 */
export type Words = BigUint64Array | BigInt64Array | Uint32Array | Int32Array | Uint8Array;

/** Whether words can be read in pieces of 32 bits where they lie. */
function isAligned({ byteOffset, byteLength }: Words): boolean {
  return byteOffset % 4 === 0 && byteLength % 4 === 0;
}

function copyOf({ buffer, byteOffset, byteLength }: Words): Int32Array {
  const copy = new Uint8Array((byteLength + 3) & ~3);
  copy.set(new Uint8Array(buffer, byteOffset, byteLength));
  return new Int32Array(copy.buffer);
}

/**
 * Turns all kinds of views into one, so that the code behind sees a single type. It remembers the last one, since callers pass the
 * same array again and again and a view costs more than a derivation.
 */
export class WordViews {
  /** What was viewed last; absent if it had to be copied, for its words may have changed since. */
  #words: Words | undefined;
  #view: Int32Array = new Int32Array(0);

  /** The words as pairs of 32 bits, the low one first; a copy if they are not aligned. */
  of(words: Words): Int32Array {
    if (words === this.#words) return this.#view;
    const aligned = isAligned(words);
    this.#words = aligned ? words : undefined;
    if (!aligned) this.#view = copyOf(words);
    else this.#view = words instanceof Int32Array ? words : new Int32Array(words.buffer, words.byteOffset, words.byteLength >> 2);
    return this.#view;
  }

  /** Writes what {@link of} gave back to where it came from, if that was a copy. */
  store(words: Words): void {
    if (words === this.#words) return;
    new Uint8Array(words.buffer, words.byteOffset, words.byteLength).set(new Uint8Array(this.#view.buffer, 0, words.byteLength));
  }
}

/** The word of 64 bits that stands at a place. */
export function wordAt(halves: Int32Array, at: number): bigint {
  return (BigInt(halves[at + 1]! >>> 0) << 32n) | BigInt(halves[at]! >>> 0);
}

/** Puts a word of 64 bits to a place. */
export function putWord(halves: Int32Array, at: number, word: bigint): void {
  halves[at] = halfOf(word, 0);
  halves[at + 1] = halfOf(word, 1);
}

/** The low (0) or high (1) 32 bits of a word. */
export function halfOf(word: bigint, half: number): number {
  return Number(BigInt.asIntN(32, word >> BigInt(32 * half)));
}

/**
 * Checks that a view holds as many words as are to be read or written.
 *
 * @throws {ArmlensError} `bad-value`.
 */
export function expectLength(what: string, view: Int32Array, halves: number): void {
  if (view.length < halves) {
    throw new ArmlensError('bad-value', `${what} has ${view.length / 2} words of 64 bits; ${halves / 2} are needed`);
  }
}

/**
 * Checks a number of records or CPUs.
 *
 * @throws {ArmlensError} `bad-value`.
 */
export function expectCount(what: string, count: number, least: number): void {
  if (!Number.isSafeInteger(count) || count < least)
    throw new ArmlensError('bad-value', `${what} is ${count}; a whole number from ${least} on is expected`);
}
