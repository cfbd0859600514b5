import { ArmlensError } from '../errors.ts';
import { KNOWN_TREES as ROWS } from './generated/releases.ts';
import { compareMainline, parseDataRelease, parseRelease, type Release } from './release.ts';
import type { KnownTree } from './rows.ts';

/** Every kernel tree that was read and every release that was recorded, oldest first. */
export const KNOWN_TREES: readonly KnownTree[] = ROWS;

const TREES: readonly { readonly release: Release; readonly mainline: boolean }[] = ROWS.map((row) => ({ release: parseDataRelease(row.release), mainline: row.mainline }));
const OLDEST = TREES[0]!.release;
const NEWEST = TREES.at(-1)!.release;

/** The newest release whose tables are known; what a command takes when no kernel is named. */
export const NEWEST_RELEASE: string = NEWEST.text;

/**
 * Reads a release and checks that it lies within what is known.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 */
export function resolveRelease(text: string): Release {
  const release = parseRelease(text);
  if (compareMainline(release, OLDEST) < 0 || compareMainline(release, NEWEST) > 0 || !isMainline(release)) {
    throw new ArmlensError('unknown-release', `Linux ${release.text} is not known; known are 4.4 to ${NEWEST.mainline.join('.')}`);
  }
  return release;
}

/** The last minor release of each major one. */
const LAST_MINOR: Readonly<Record<number, number>> = { 4: 20, 5: 19, 6: 19 };

/** Whether there was such a mainline release. */
function isMainline({ mainline: [major, minor] }: Release): boolean {
  return minor <= (LAST_MINOR[major] ?? NEWEST.mainline[1]);
}

/** How a release stands to those that were read. */
export interface Standing {
  /** Whether the release was read, or lies between two of its series (or is the bare mainline release of one that was). */
  readonly certain: boolean;
  /** The greatest sublevel of its series that was read; -Infinity if none was. */
  readonly lastKnown: number;
}

/** Finds the trees around a release. */
export function nearestTree(release: Release): Standing {
  const sublevels = TREES.filter(({ release: tree }) => tree.series === release.series).map(({ release: tree }) => tree.sublevel!);
  const lastKnown = Math.max(Number.NEGATIVE_INFINITY, ...sublevels);
  if (sublevels.length === 0) return { certain: false, lastKnown };
  return { certain: release.sublevel === undefined || release.sublevel <= lastKnown, lastKnown };
}
