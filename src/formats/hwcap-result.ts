import type { CompiledKernel } from '../linux/compiled/compile.ts';

const WORDS = 3;
/** Results that are remembered; most streams hold few different machines. */
const KEPT = 1024;

/** One half of a word, 8 hexadecimal digits. */
function digitsOf(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}

/** Writes the results of a compiled kernel as `formatResult` writes the part `hwcaps`. */
export class HwcapResults {
  readonly #kernel: CompiledKernel;
  readonly #words: number;
  readonly #keys = new Int32Array(KEPT * WORDS * 2);
  readonly #texts: string[] = [];
  readonly #one = new Int32Array(WORDS * 2);

  /** @param words - How many hwcap words the release has, 1 to 3. */
  constructor(kernel: CompiledKernel, words: number) {
    this.#kernel = kernel;
    this.#words = words;
  }

  #format(halves: Int32Array, at: number): string {
    for (let i = 0; i < WORDS * 2; i++) this.#one[i] = halves[at + i]!;
    const words = Array.from(
      { length: this.#words },
      (_, word) => `"0x${digitsOf(this.#one[word * 2 + 1]!)}${digitsOf(this.#one[word * 2]!)}"`,
    );
    const names = this.#kernel.names(this.#one).map((name) => `"${name}"`);
    return `"hwcaps":{"words":[${words.join(',')}],"names":[${names.join(',')}]}}`;
  }

  /** The end of a line, from behind its id, for the words that stand at a place. */
  tail(halves: Int32Array, at: number): string {
    let hash = 0;
    for (let i = 0; i < WORDS * 2; i++) hash = Math.imul(hash ^ halves[at + i]!, 0x9e37_79b1);
    const slot = (hash >>> 16) & (KEPT - 1);
    const key = slot * WORDS * 2;
    let text = this.#texts[slot];
    for (let i = 0; text !== undefined && i < WORDS * 2; i++) if (this.#keys[key + i] !== halves[at + i]) text = undefined;
    if (text !== undefined) return text;
    text = this.#format(halves, at);
    for (let i = 0; i < WORDS * 2; i++) this.#keys[key + i] = halves[at + i]!;
    this.#texts[slot] = text;
    return text;
  }
}
