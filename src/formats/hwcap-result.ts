import type { CompiledKernel } from '../rows/compile.ts';
import { HWCAP_HALVES } from '../rows/slots.ts';

const BYTES = HWCAP_HALVES * 4;
/** Results that are remembered; most streams hold few different machines. */
const KEPT = 1024;

/** The two digits of every byte. */
const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Half a word, 8 hexadecimal digits. */
function digitsOf(half: number): string {
  return DIGITS[half >>> 24]! + DIGITS[(half >>> 16) & 255]! + DIGITS[(half >>> 8) & 255]! + DIGITS[half & 255]!;
}

/** Writes the results of a compiled kernel as `formatResult` writes the part `hwcaps`. */
export class HwcapResults {
  readonly #kernel: CompiledKernel;
  readonly #words: number;
  readonly #keys = new Int32Array(KEPT * HWCAP_HALVES);
  readonly #texts: string[] = [];
  /** By byte of the words and its value: the names of the bits that are set, a comma behind each. */
  readonly #names: (string | undefined)[] = Array.from({ length: BYTES * 256 });

  /** @param words - How many hwcap words the release has, 1 to 3. */
  constructor(kernel: CompiledKernel, words: number) {
    this.#kernel = kernel;
    this.#words = words;
  }

  #namesOf(byte: number, value: number): string {
    const known = this.#names[byte * 256 + value];
    if (known !== undefined) return known;
    const words = new Uint8Array(BYTES);
    words[byte] = value;
    const names = this.#kernel
      .names(words)
      .map((name) => `"${name}",`)
      .join('');
    this.#names[byte * 256 + value] = names;
    return names;
  }

  #format(halves: Int32Array, at: number): string {
    let words = '';
    for (let word = 0; word < this.#words; word++)
      words += `${word === 0 ? '' : ','}"0x${digitsOf(halves[at + word * 2 + 1]!)}${digitsOf(halves[at + word * 2]!)}"`;
    let names = '';
    for (let byte = 0; byte < BYTES; byte++) {
      const value = (halves[at + (byte >> 2)]! >>> ((byte & 3) * 8)) & 255;
      if (value !== 0) names += this.#namesOf(byte, value);
    }
    return `"hwcaps":{"words":[${words}],"names":[${names.slice(0, -1)}]}}`;
  }

  /** The end of a line, from behind its id, for the words that stand at a place. */
  tail(halves: Int32Array, at: number): string {
    let hash = 0;
    for (let i = 0; i < HWCAP_HALVES; i++) hash = Math.imul(hash ^ halves[at + i]!, 0x9e37_79b1);
    const slot = (hash >>> 16) & (KEPT - 1);
    let text = this.#texts[slot];
    for (let i = 0; text !== undefined && i < HWCAP_HALVES; i++)
      if (this.#keys[slot * HWCAP_HALVES + i] !== halves[at + i]) text = undefined;
    if (text !== undefined) return text;
    text = this.#format(halves, at);
    for (let i = 0; i < HWCAP_HALVES; i++) this.#keys[slot * HWCAP_HALVES + i] = halves[at + i]!;
    this.#texts[slot] = text;
    return text;
  }
}
