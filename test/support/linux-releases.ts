import { KNOWN_TREES, resolveRelease } from '../../src/linux/release/known-trees.ts';
import { parseRelease, type Release } from '../../src/linux/release/release.ts';

/** The last minor release of each major one. */
const MINORS: readonly (readonly [number, number, number])[] = [
  [4, 4, 20],
  [5, 0, 19],
  [6, 0, 19],
  [7, 0, 3],
];

/** Every mainline release from 4.4 to 7.3, oldest first. */
export const MAINLINE_RELEASES: readonly Release[] = MINORS.flatMap(([major, first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => resolveRelease(`${major}.${first + index}`)),
);

/** Every tree that was read. */
export const TREE_RELEASES: readonly Release[] = KNOWN_TREES.map(({ release }) => parseRelease(release));

/** Every release at which a data rule is checked. */
export const RELEASES: readonly Release[] = [...MAINLINE_RELEASES, ...TREE_RELEASES];
