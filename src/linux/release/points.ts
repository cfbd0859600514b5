import { KNOWN_TREES, MAINLINE_RELEASES, nearestTree, resolveRelease, treesAround } from './known-trees.ts';
import { compareMainline, parseRelease, type Release } from './release.ts';

/** A release at which a line is tried. */
export interface Point {
  readonly release: Release;
  /** Whether a tree was read; if not, the point stands between two that were. */
  readonly certain: boolean;
}

let all: readonly Point[] | undefined;

/** Every release that was read, and every mainline release between them, oldest first. */
export function allPoints(): readonly Point[] {
  if (all) return all;
  const trees = KNOWN_TREES.map(({ release }): Point => ({ release: parseRelease(release), certain: true }));
  const unread = MAINLINE_RELEASES.map(parseRelease).filter(({ series }) => !trees.some(({ release }) => release.series === series));
  // Those that were read stand in order already.
  all = [...trees, ...unread.map((release): Point => ({ release, certain: false }))].sort((a, b) => compareMainline(a.release, b.release));
  return all;
}

/**
 * The releases that a stated one may stand for: itself, and, where it lies between trees or tells no sublevel, the trees around it.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 */
export function pointsOf(text: string): readonly Point[] {
  const release = resolveRelease(text);
  const exact = allPoints().find((point) => point.release.text === release.text);
  if (exact?.certain) return [exact];
  const { certain, lastKnown } = nearestTree(release);
  const least = release.holds ?? Number.NEGATIVE_INFINITY;
  const own = allPoints().filter((point) => point.certain && point.release.series === release.series && point.release.sublevel! >= least);
  const at = release.sublevel;
  // Of a stable series the trees before and after; of a distribution's build all.
  const around =
    release.build !== undefined || at === undefined
      ? own
      : [own.findLast((point) => point.release.sublevel! < at), own.find((point) => point.release.sublevel! > at)].flatMap(
          (point) => point ?? [],
        );
  const { before, after } = lastKnown > Number.NEGATIVE_INFINITY ? {} : treesAround(release);
  const neighbours = allPoints().filter((point) => point.release.text === before || point.release.text === after);
  return [{ release, certain: certain && around.length < 2 }, ...around, ...neighbours];
}
