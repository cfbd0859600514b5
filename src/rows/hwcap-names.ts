import { OWN_HWCAPS } from '../linux/bring-up/hwcaps.ts';
import type { Kernel } from '../linux/kernel.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { HALF_OF } from './slots.ts';
import { type Words, WordViews } from './words.ts';

/** The names of a kernel's hwcaps by their bits. */
export class NamesByBit {
  /** By bit, 0 to 191. */
  readonly #names: (string | undefined)[] = [];

  constructor(kernel: Kernel) {
    for (const { name, vector, bit } of kernelAt(kernel).hwcaps) this.#names[HALF_OF[vector] * 32 + bit] = name;
    for (const { name, bit } of OWN_HWCAPS) this.#names[bit] = name;
  }

  /** The names of the bits that are set in three words, in the order in which /proc/cpuinfo prints them. */
  of(words: Words): readonly string[] {
    const halves = new WordViews().of(words);
    return this.#names.flatMap((name, bit) => (name !== undefined && ((halves[bit >> 5] ?? 0) >>> (bit & 31)) & 1 ? [name] : []));
  }
}
