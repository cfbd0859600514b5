import { resolveRelease } from '../../linux/release/known-trees.ts';

function isKnown(release: string): boolean {
  try {
    resolveRelease(release);
    return true;
  } catch {
    return false;
  }
}

function all(): readonly string[] {
  const minors = Array.from({ length: 30 }, (_, minor) => minor);
  return [4, 5, 6, 7, 8].flatMap((major) => minors.map((minor) => `${major}.${minor}`)).filter(isKnown);
}

/** The mainline releases that the library knows, oldest first. */
export const MAINLINE_RELEASES: readonly string[] = all();

/** The place of a release among them: that of the mainline release it grew from. The last one if it is not known. */
export function mainlineIndex(release: string): number {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(release) ?? [];
  const at = MAINLINE_RELEASES.indexOf(`${major}.${minor}`);
  return at === -1 ? MAINLINE_RELEASES.length - 1 : at;
}
