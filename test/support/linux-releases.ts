import { KNOWN_TREES, NEWEST_RELEASE, resolveRelease } from '../../src/linux/release/known-trees.ts';
import { parseRelease, type Release } from '../../src/linux/release/release.ts';

/** The last minor release of each major one that is over. */
const LAST_MINOR: Readonly<Record<number, number>> = { 4: 20, 5: 19, 6: 19 };

const [LAST_MAJOR, LAST] = parseRelease(NEWEST_RELEASE).series.split('.').map(Number) as [number, number];

function mainlineReleases(): readonly Release[] {
  const found: Release[] = [];
  for (let major = 4, minor = 4; major < LAST_MAJOR || minor <= LAST; minor++) {
    found.push(resolveRelease(`${major}.${minor}`));
    if (minor === LAST_MINOR[major]) [major, minor] = [major + 1, -1];
  }
  return found;
}

/** Every mainline release from 4.4 to the newest known, oldest first. */
export const MAINLINE_RELEASES: readonly Release[] = mainlineReleases();

/** Every tree that was read. */
export const TREE_RELEASES: readonly Release[] = KNOWN_TREES.map(({ release }) => parseRelease(release));

/** Every release at which a data rule is checked. */
export const RELEASES: readonly Release[] = [...MAINLINE_RELEASES, ...TREE_RELEASES];
