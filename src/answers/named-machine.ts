import { ALL_CORES, plainName, productNames } from '../silicon/core.ts';
import { KNOWN_MACHINES } from '../silicon/known-machine.ts';

/** A machine that a text names without telling more of it. */
export interface NamedMachine {
  /** As commands take it. */
  readonly name: string;
  /** As the text has it. */
  readonly said: string;
}

/** How much of a text is looked through, and how many words a name has at the most. */
const LOOKED_THROUGH = 20_000;
const MOST_WORDS = 5;

/** Whether a name is one of its own, and no word of a sentence: long, and with a number. */
function isTelling(plain: string): boolean {
  return plain.length > 4 && /\d/.test(plain) && /[a-z]{2}/.test(plain);
}

let names: ReadonlyMap<string, string> | undefined;

/** By how a name reads without blanks: the name that commands take. Models and manuals are named by whoever asks for them. */
function knownNames(): ReadonlyMap<string, string> {
  if (names !== undefined) return names;
  const found = new Map<string, string>();
  const add = (plain: string, name: string): void => {
    if (isTelling(plain) && !found.has(plain)) found.set(plain, name);
  };
  for (const { name, aliases = [], title, kind } of KNOWN_MACHINES) {
    if (kind === 'manual' || kind === 'emulator' || kind === 'vendor-model') continue;
    for (const one of [name, ...aliases]) add(plainName(one), name);
    for (const one of productNames(title.replace(/[:,].*/, ''))) add(one, name);
  }
  for (const product of ALL_CORES.flatMap(({ products = [] }) => products)) {
    const name = product.replace(/ \(.*/, '').toLowerCase().replaceAll(' ', '-');
    for (const one of productNames(product)) add(one, name);
  }
  names = found;
  return found;
}

/**
 * The known machine, or the product whose cores are known, that a text names first; of two at the same place the one with the longer name.
 *
 * @example
 * ```js
 * machineNamedIn('Machine model: Raspberry Pi 4 Model B').name // → 'raspberry-pi-4'
 * ```
 */
export function machineNamedIn(text: string): NamedMachine | undefined {
  const known = knownNames();
  // A kernel's release is one word: its first number is no model's behind the name of a host.
  const words = [...text.slice(0, LOOKED_THROUGH).matchAll(/(?<!\w)\d{1,5}\.\d{1,5}\.\d{1,9}|[A-Za-z0-9]+/g)];
  for (const [i, first] of words.entries()) {
    for (let count = Math.min(MOST_WORDS, words.length - i); count > 0; count--) {
      const last = words[i + count - 1]!;
      const said = text.slice(first.index, last.index + last[0].length);
      const name = said.includes('\n') ? undefined : known.get(plainName(said));
      if (name !== undefined) return { name, said };
    }
  }
  return undefined;
}
