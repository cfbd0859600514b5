import { given } from '../../given.ts';
import { HWCAP_ROWS } from '../generated/hwcaps.ts';
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
  const { when, config } = stateAt<HwcapState>(row, NEWEST)!;
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

/** Every hwcap that follows from ID registers, by vector and bit; `evtstrm` and `cpuid` follow from none. */
export function listHwcaps(): readonly HwcapEntry[] {
  return HWCAP_ROWS.map(entryOf);
}

/** One hwcap by name, as /proc/cpuinfo spells it. */
export function findHwcap(name: string): HwcapEntry | undefined {
  const row = HWCAP_ROWS.find((candidate) => candidate.name === name);
  return row && entryOf(row);
}
