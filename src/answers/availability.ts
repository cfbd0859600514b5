import { type ArchFeatureName, evaluateArchFeatures } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { boot } from '../linux/boot.ts';
import { LOADED } from '../linux/environment.ts';
import { LONG_TERM_SERIES } from '../linux/release/known-range.ts';
import { KNOWN_TREES, seriesOf } from '../linux/release/known-trees.ts';
import type { Truth } from '../logic/truth.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';
import { archFeaturesOfHwcap } from './hwcap-arch-features.ts';
import { likelyBootEl } from './likely-boot-el.ts';
import { recordedKernel } from './seed.ts';

/**
 * Whether a machine has a hwcap under a kernel: the kernel `shows` it; the registers have what it stands for, but the kernel does not
 * show it (`withheld`: too old, an option is off, an erratum); it is `absent`; or the registers that would tell are `unknown`.
 */
export type Availability = 'shown' | 'withheld' | 'absent' | 'unknown';

/** What one known machine has under one kernel. */
export interface Sighting {
  readonly machine: string;
  readonly release: string;
  readonly hwcaps: ReadonlySet<string>;
  readonly cpucaps: ReadonlySet<string>;
  /** The hwcaps and cpucaps of which it is not known whether they are there. */
  readonly open: ReadonlySet<string>;
  /** Whether the kernel's tables leave anything in doubt. */
  readonly fidelity: 'exact' | 'bounded';
}

/**
 * Boots a known machine with the defconfig of a release, in the surroundings of its recording, or else in likely ones.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 *
 * @example
 * ```js
 * sight(await loadMachine('rk3588'), '6.12').hwcaps.has('atomics') // → true
 * ```
 */
export function sight(known: KnownMachine, release: string): Sighting {
  const { environment } = recordedKernel(known, release);
  const around = { ...LOADED, ...given({ bootEl: likelyBootEl(known) }), ...environment };
  const { hwcaps, cpucaps, fidelity, unknown = {} } = boot(known.machine, { release }, around);
  const open = new Set([...(unknown.hwcaps ?? []), ...(unknown.cpucaps ?? [])]);
  return { machine: known.name, release, hwcaps: new Set(hwcaps.names), cpucaps: new Set(cpucaps), open, fidelity };
}

/**
 * What the registers of a machine show of every architecture feature: what all of its CPUs have.
 *
 * @example
 * ```js
 * archFeaturesOfMachine(await loadMachine('rk3588')).get('FEAT_LSE') // → true
 * ```
 */
export function archFeaturesOfMachine({ machine }: KnownMachine): ReadonlyMap<ArchFeatureName, Truth> {
  const files = [...new Set(machine.cpus.map(({ registers }) => registers))];
  const [first, ...others] = files.map((registers) => evaluateArchFeatures((name) => registers[name]));
  const joined = new Map(first);
  for (const other of others) {
    for (const [name, outcome] of other) {
      const before = joined.get(name);
      joined.set(name, before === false || outcome === false ? false : before === undefined ? undefined : outcome);
    }
  }
  return joined;
}

/**
 * How a hwcap stands on a machine under a kernel, by what was sighted and by what its registers show.
 *
 * @example
 * ```js
 * const known = await loadMachine('rk3588');
 * hwcapAvailability('sve', sight(known, '6.12'), archFeaturesOfMachine(known)) // → 'absent'
 * ```
 */
export function hwcapAvailability(
  hwcap: string,
  { hwcaps, open }: Sighting,
  archFeatures: ReadonlyMap<ArchFeatureName, Truth>,
): Availability {
  if (hwcaps.has(hwcap)) return 'shown';
  if (open.has(hwcap)) return 'unknown';
  const outcomes = archFeaturesOfHwcap(hwcap).map(({ name }) => archFeatures.get(name));
  if (outcomes.length === 0 || outcomes.includes(false)) return 'absent';
  return outcomes.includes(undefined) ? 'unknown' : 'withheld';
}

/**
 * The newest release that was read of each long-term series, and the newest of all, oldest first.
 *
 * @example
 * ```js
 * longTermReleases().includes('4.4.155') // → true
 * ```
 */
export function longTermReleases(): readonly string[] {
  const newest = new Map(KNOWN_TREES.map(({ release }) => [seriesOf(release), release]));
  const last = KNOWN_TREES.at(-1)!.release;
  return [...newest].flatMap(([series, release]) => (LONG_TERM_SERIES.includes(series) || release === last ? [release] : []));
}
