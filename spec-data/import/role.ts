import { compareMainline, parseRelease, type Release } from '../../src/linux/release/release.ts';
import type { LinuxRows } from '../build/linux.ts';

/** How a tree enters the history. */
export interface Role {
  readonly release: Release;
  /** The stable series that it is another update of; absent: it stands for its mainline release. */
  readonly series?: string;
  /** What a step that begins here says. */
  readonly since: string;
  /** The last release before it that was read, where releases between the two were not. */
  readonly notIn?: string;
}

type Known = LinuxRows['releases'];

function mainlineText({ mainline: [major, minor] }: Release): string {
  return `${major}.${minor}`;
}

/** Orders two releases: by mainline release, then by update. */
export function compareReleases(a: Release, b: Release): number {
  return compareMainline(a, b) || (a.sublevel ?? 0) - (b.sublevel ?? 0);
}

/** The mainline release right after another, as the kernel counts. */
function follows(before: Release, after: Release): boolean {
  const [major, minor] = before.mainline;
  const last = ({ 3: 19, 4: 20, 5: 19, 6: 19 } as Readonly<Record<number, number>>)[major];
  const [nextMajor, nextMinor] = minor === last ? [major + 1, 0] : [major, minor + 1];
  return after.mainline[0] === nextMajor && after.mainline[1] === nextMinor;
}

/** What a tree of a release is to the history: the first of its mainline release, or another update of a series that was read before. */
export function roleOf(release: Release, known: Known): Role {
  const others = known.filter((row) => row.release !== release.text);
  const trees = others.map((row) => ({ ...row, at: parseRelease(row.release) }));
  const ofSeries = trees.filter(({ at }) => at.series === release.series);
  const own = known.find((row) => row.release === release.text);
  if (ofSeries.length === 0 || own?.mainline === true) {
    const before = trees
      .filter(({ at, mainline }) => mainline && compareMainline(at, release) < 0)
      .sort((a, b) => compareReleases(a.at, b.at))
      .at(-1);
    const notIn = before && !follows(before.at, release) ? mainlineText(before.at) : undefined;
    return { release, since: mainlineText(release), ...(notIn ? { notIn } : {}) };
  }
  const before = ofSeries
    .filter(({ at }) => compareReleases(at, release) < 0)
    .sort((a, b) => compareReleases(a.at, b.at))
    .at(-1);
  return { release, series: release.series, since: release.text, ...(before ? { notIn: before.release } : {}) };
}
