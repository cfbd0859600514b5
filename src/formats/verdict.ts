import type { Why } from '../answers/why.ts';
import * as ABSENCE from './absence-words.ts';
import { verdictWith } from './verdict-words.ts';

/**
 * Writes the answer in a sentence or two.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * formatVerdict(why('sve', { machine, layers: [], kernel: { release: '6.12' }, environment: {} })).startsWith('sve: absent.') // → true
 * ```
 */
export function formatVerdict(why: Why): string {
  return verdictWith(why, () => ABSENCE);
}
