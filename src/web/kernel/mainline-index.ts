import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';

/** The place of a release among the mainline ones: that of the mainline release it grew from. The last one if it is not known. */
export function mainlineIndex(release: string): number {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(release) ?? [];
  const at = MAINLINE_RELEASES.indexOf(`${major}.${minor}`);
  return at === -1 ? MAINLINE_RELEASES.length - 1 : at;
}
