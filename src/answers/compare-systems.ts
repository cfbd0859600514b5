import { ALL_REGISTERS } from '../arch/register.ts';
import { type Comparison, compareBy } from './comparison.ts';
import type { Subject } from './subject.ts';

/**
 * Compares a handful of systems, from what differs to begin with to the hwcaps, architecture features and cpucaps that come of it: all
 * others with the first, pair by pair. Each name stands under the first cause that decides it by itself: one side is booted again with
 * this cause alone as on the other side, and the name comes or goes. Where pairs explain a name by different causes, it stands under
 * the first.
 *
 * @param subjects - Two for a difference; one, or the same several times, gives no cause.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * const [a, b] = ['4.14', '6.12'].map((release) => ({ name: release, kernel: { release }, machine, system: boot(machine, { release }) }));
 * compareSystems([a, b]).causes[0].cause.kind // → 'release'
 * ```
 */
export function compareSystems(subjects: readonly Subject[]): Comparison {
  return compareBy(ALL_REGISTERS, subjects);
}
