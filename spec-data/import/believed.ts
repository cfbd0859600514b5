import type { Release } from '../../src/linux/release/release.ts';
import { compareMainline, parseRelease } from '../../src/linux/release/release.ts';
import { readSpec } from '../build/spec-file.ts';
import type { FlatRow, TableName } from './flat.ts';

/** Where recordings of running kernels were believed over the source: what the source's line has that ours has not. */
export interface Belief {
  readonly table: TableName;
  readonly row: string;
  /** The series it is about, from its first release that has the row. */
  readonly from: string;
  readonly to?: string;
  /** What the tree's line ends in. */
  readonly tree: string;
  readonly note: string;
}

/** All that is believed, from spec-data/linux/believed.json. */
export function beliefs(): readonly Belief[] {
  return readSpec<{ readonly rows: readonly Belief[] }>('linux/believed.json').rows;
}

function holdsAt({ from, to }: Belief, release: Release): boolean {
  const first = parseRelease(from);
  const isLate =
    compareMainline(release, first) > 0 || (compareMainline(release, first) === 0 && (release.sublevel ?? 0) >= (first.sublevel ?? 0));
  return isLate && (to === undefined || compareMainline(release, parseRelease(to)) <= 0);
}

/** The belief about a row at a release. */
export function beliefAt(all: readonly Belief[], table: TableName, key: string, release: Release): Belief | undefined {
  return all.find((belief) => belief.table === table && belief.row === key && holdsAt(belief, release));
}

/** Our line as the tree has it: what was believed over it is put back. */
export function asInTree(all: readonly Belief[], table: TableName, row: FlatRow, release: Release): string {
  return `${row.line}${beliefAt(all, table, row.key, release)?.tree ?? ''}`;
}
