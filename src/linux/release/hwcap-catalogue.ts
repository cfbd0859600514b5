import { given } from '../../given.ts';
import { HWCAP_ROWS } from '../generated/hwcaps.ts';
import { gateOptions } from './history.ts';
import { NEWEST_RELEASE } from './known-trees.ts';
import { parseRelease } from './release.ts';
import type { Backport, Condition, HwcapRow, HwcapState, HwcapVector } from './rows.ts';
import { stateAt } from './timeline.ts';

/** What is known of one hwcap over all releases. */
export interface HwcapEntry {
  readonly name: string;
  /** The name of its bit in the kernel's headers, such as `HWCAP_ILRCPC` or `HWCAP2_SVE2`. */
  readonly constant: string;
  readonly vector: HwcapVector;
  readonly bit: number;
  /** The first mainline release that has it. */
  readonly since: string;
  /** The last release known not to have it, where the releases before `since` are not known. */
  readonly notIn?: string;
  /** The stable and vendor series that took it, or have its row otherwise than mainline. */
  readonly backports: readonly Backport<HwcapState>[];
  /** The condition in the newest release. */
  readonly when: Condition;
  /** The option without which no kernel has it. */
  readonly config?: string;
}

const NEWEST = parseRelease(NEWEST_RELEASE);

function entryOf(row: HwcapRow): HwcapEntry {
  const { when, config: gate } = stateAt<HwcapState>(row, NEWEST)!;
  const [config] = gateOptions(gate);
  return {
    name: row.name,
    constant: `${row.vector.replace('AT_', '')}_${row.constant ?? row.name.toUpperCase()}`,
    vector: row.vector,
    bit: row.bit,
    since: row.since!,
    ...given({ notIn: row.notIn }),
    backports: row.backports ?? [],
    when,
    ...given({ config }),
  };
}

/**
 * Every hwcap that follows from ID registers, by vector and bit; `evtstrm` and `cpuid` follow from none.
 *
 * @example
 * ```js
 * listHwcaps()[0].constant // → 'HWCAP_FP'
 * ```
 */
export function listHwcaps(): readonly HwcapEntry[] {
  return HWCAP_ROWS.map(entryOf);
}

/** A hwcap of the catalogue; one that follows from no ID register has a reason in the place of a condition. */
export type AnyHwcap = Omit<HwcapEntry, 'when'> & ({ readonly when: Condition } | { readonly when?: undefined; readonly reason: string });

/** The hwcaps that the kernel sets by itself. */
const BY_KERNEL: readonly AnyHwcap[] = [
  {
    name: 'evtstrm',
    constant: 'HWCAP_EVTSTRM',
    vector: 'AT_HWCAP',
    bit: 2,
    since: '4.4',
    backports: [],
    config: 'CONFIG_ARM_ARCH_TIMER_EVTSTREAM',
    reason: 'no ID register: set when the timer offers an event stream (clocksource.arm_arch_timer.evtstrm=0 turns it off)',
  },
  {
    name: 'cpuid',
    constant: 'HWCAP_CPUID',
    vector: 'AT_HWCAP',
    bit: 11,
    since: '4.11',
    backports: [],
    reason: 'no ID register: set by every kernel that emulates MRS of ID registers at EL0',
  },
];

/** The names of the hwcaps that follow from no ID register. */
export const HWCAPS_BY_KERNEL: ReadonlySet<string> = new Set(BY_KERNEL.map(({ name }) => name));

let all: readonly AnyHwcap[] | undefined;

/**
 * Every hwcap, by vector and bit.
 *
 * @example
 * ```js
 * allHwcaps()[0].name // → 'fp'
 * ```
 */
export function allHwcaps(): readonly AnyHwcap[] {
  all ??= [...listHwcaps(), ...BY_KERNEL].sort((a, b) => (a.vector === b.vector ? a.bit - b.bit : a.vector < b.vector ? -1 : 1));
  return all;
}

/**
 * A hwcap by its name in /proc/cpuinfo or its constant (`HWCAP_ILRCPC`), in any case; `undefined` if there is none.
 *
 * @example
 * ```js
 * findHwcap('ilrcpc').since // → '4.17'
 * ```
 */
export function findHwcap(name: string): AnyHwcap | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/^(?:kernel_)?hwcap[23]?_/, '');
  return allHwcaps().find((entry) => entry.name.toLowerCase() === plain(name) || plain(entry.constant) === plain(name));
}

const VECTORS: readonly HwcapVector[] = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'];

let places: ReadonlyMap<string, string> | undefined;

/** The names that the bits of AT_HWCAP, AT_HWCAP2 and AT_HWCAP3 have in the newest kernel; bits without a name as `AT_HWCAP2 bit 63`. */
export function hwcapNamesOf(words: readonly bigint[]): readonly string[] {
  places ??= new Map(allHwcaps().map(({ vector, bit, name }) => [`${vector} bit ${bit}`, name]));
  const names: string[] = [];
  for (const [i, vector] of VECTORS.entries()) {
    for (let bit = 0n, word = words[i] ?? 0n; bit < 64n; bit++) {
      const place = `${vector} bit ${bit}`;
      if (((word >> bit) & 1n) === 1n) names.push(places.get(place) ?? place);
    }
  }
  return names;
}

let order: ReadonlyMap<string, number> | undefined;

/** Names in the order in which the kernel prints them: by vector and bit. Names that are not known come last. */
export function inPrintOrder(names: readonly string[]): readonly string[] {
  const all = 0xffff_ffff_ffff_ffffn;
  order ??= new Map(hwcapNamesOf([all, all, all]).map((name, i) => [name, i]));
  const place = (name: string): number => order!.get(name) ?? order!.size;
  return names.toSorted((a, b) => place(a) - place(b));
}
