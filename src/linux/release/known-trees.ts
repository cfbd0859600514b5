import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import { BUILD_ROWS, KNOWN_TREES as ROWS } from '../generated/behaviour.ts';
import { KNOWN_RANGE } from '../generated/known-range.ts';
import { compareMainline, parseRelease, type Release, readRelease } from './release.ts';
import type { KnownTree } from './rows.ts';

/** Every kernel tree that was read and every release that was recorded, oldest first. */
export const KNOWN_TREES: readonly KnownTree[] = ROWS;

const TREES: readonly { readonly release: Release; readonly mainline: boolean }[] = ROWS.map((row) => ({
  release: parseRelease(row.release),
  mainline: row.mainline,
}));
const OLDEST = TREES[0]!.release;
const NEWEST = TREES.at(-1)!.release;

/** The newest release whose tables are known; what a command takes when no kernel is named. */
export const NEWEST_RELEASE: string = NEWEST.text;

/**
 * Reads a release and checks that it lies within what is known. A distribution's build that does not tell its sublevel is taken for
 * the stable update that it is known to hold, or else for the newest release of its series that was read; {@link nearestTree} then does
 * not call it certain.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 */
export function resolveRelease(text: string): Release {
  const release = parseRelease(text);
  if (compareMainline(release, OLDEST) < 0 || compareMainline(release, NEWEST) > 0 || !isMainline(release)) {
    throw new ArmlensError(
      'unknown-release',
      `Linux ${release.text} is not known; known are ${KNOWN_RANGE.oldest} to ${KNOWN_RANGE.newest}`,
    );
  }
  if (release.build === undefined) return release;
  const { takesMore, holds } = heldBy(release.series, release.build, text);
  const sublevel = holds ?? nearestTree(release).lastKnown;
  return { ...release, ...given({ holds, takesMore: takesMore || undefined }), ...(sublevel < 0 ? {} : { sublevel }) };
}

/** Whether a text names a release of which tables are known: Linux 3.18 is a release, and too old. */
export function hasTables(text: string): boolean {
  try {
    resolveRelease(text);
    return true;
  } catch (error) {
    if (error instanceof ArmlensError) return false;
    throw error;
  }
}

/** What stands behind the number of a build, and tells whose it is: `generic` of `5.15.0-97-generic`. */
const FLAVOUR = /-\d+-([a-z][\w-]*)\s*$/;

/** What is known of a distribution's build: the sublevel of the stable update that it holds, and whether it may have more. */
function heldBy(series: string, build: number, text: string): { readonly holds?: number | undefined; readonly takesMore: boolean } {
  const flavour = FLAVOUR.exec(text)?.[1];
  const row = BUILD_ROWS.find((one) => one.series === series && flavour !== undefined && one.flavours.split(' ').includes(flavour));
  const holds = row?.holds
    .split(' ')
    .map((pair) => pair.split(':').map(Number) as [number, number])
    .findLast(([from]) => from <= build)?.[1];
  return { holds, takesMore: row?.takesMore ?? true };
}

/** The last minor release of each major one. */
const LAST_MINOR: Readonly<Record<number, number>> = { 4: 20, 5: 19, 6: 19 };

/** Whether there was such a mainline release. */
function isMainline({ mainline: [major, minor] }: Release): boolean {
  return minor <= (LAST_MINOR[major] ?? NEWEST.mainline[1]);
}

/** The mainline releases from the oldest to the newest that is known. */
function mainlineReleases(): readonly string[] {
  const names: string[] = [];
  let [major, minor] = OLDEST.mainline;
  const [lastMajor, lastMinor] = NEWEST.mainline;
  while (major < lastMajor || (major === lastMajor && minor <= lastMinor)) {
    names.push(`${major}.${minor}`);
    [major, minor] = minor === LAST_MINOR[major] ? [major + 1, 0] : [major, minor + 1];
  }
  return names;
}

/** Every mainline release that is known, read or between those that were, oldest first. */
export const MAINLINE_RELEASES: readonly string[] = mainlineReleases();

/** Whether a text names a kernel release, known or not. */
export function isRelease(text: string | undefined): text is string {
  return text !== undefined && readRelease(text) !== undefined;
}

/** The stable or vendor series of a release: `6.12`, or `rhel8`. */
export function seriesOf(release: string): string {
  return parseRelease(release).series;
}

/** The mainline release that a release grew from; `undefined` if the text names none. */
export function mainlineOf(release: string): string | undefined {
  return readRelease(release)?.mainline.join('.');
}

/** What people call a series: `6.12`, or `RHEL 8`. */
export function seriesTitle(series: string): string {
  return series === 'rhel8' ? 'RHEL 8' : series;
}

/** Whether the mainline release that one release grew from is older than that of another. */
export function isOlder(release: string, than: string): boolean {
  return compareMainline(parseRelease(release), parseRelease(than)) < 0;
}

/** The mainline releases that came after a release, oldest first. */
export function mainlineAfter(release: string): readonly string[] {
  return MAINLINE_RELEASES.filter((later) => isOlder(release, later));
}

/** How a release stands to those that were read. */
export interface Standing {
  /**
   * Whether the release was read, or lies between two of its series (or is the bare mainline release of one that was). Never for a
   * release candidate that was not read, nor for a distribution's build without a sublevel.
   */
  readonly certain: boolean;
  /** The greatest sublevel of its series that was read; -Infinity if none was. */
  readonly lastKnown: number;
  /** Whether exactly this release was read, so that nothing about it is in doubt. */
  readonly isTree: boolean;
}

/** Finds the trees around a release. */
export function nearestTree({ series, sublevel, build }: Release): Standing {
  const sublevels = TREES.filter(({ release }) => release.series === series).map(({ release }) => release.sublevel!);
  const lastKnown = Math.max(Number.NEGATIVE_INFINITY, ...sublevels);
  if (sublevels.length === 0 || build !== undefined) return { certain: false, lastKnown, isTree: false };
  if (sublevel === undefined) return { certain: true, lastKnown, isTree: false };
  const isTree = sublevels.includes(sublevel);
  return { certain: sublevel < 0 ? isTree : sublevel <= lastKnown, lastKnown, isTree };
}

/** The trees of mainline before and after a release that no tree stands for. */
export function treesAround(release: Release): { readonly before?: string; readonly after?: string } {
  const mainline = TREES.filter((tree) => tree.mainline);
  const before = mainline.findLast((tree) => compareMainline(tree.release, release) < 0)?.release.text;
  const isAfter = release.sublevel !== undefined && release.sublevel < 0 ? 0 : 1;
  const after = mainline.find((tree) => compareMainline(tree.release, release) >= isAfter)?.release.text;
  return given({ before, after });
}
