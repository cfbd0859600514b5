import { HWCAP_LETTERS } from '../generated/hwcap-letters.ts';

/**
 * What the letters of a hwcap's name stand for; `undefined` if they say no more than the name of what it announces.
 *
 * @example
 * ```js
 * hwcapLetters('rng') // → 'random number generator'
 * ```
 */
export function hwcapLetters(name: string): string | undefined {
  return HWCAP_LETTERS[name];
}
