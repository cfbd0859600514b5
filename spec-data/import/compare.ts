import type { Release } from '../../src/linux/release/release.ts';
import { asInTree, type Belief, beliefAt } from './believed.ts';
import { type Flat, type FlatRow, ORDERED, TABLES, type TableName } from './flat.ts';

/** A row that is not the same in the tree and in the history. */
export interface Difference {
  readonly table: TableName;
  readonly key: string;
  /** What the tree has; absent: nothing. */
  readonly tree?: FlatRow;
  /** What the history has; absent: nothing. */
  readonly ours?: FlatRow;
}

/** How a tree and the history stand to one another. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Tables whose rows are the same but stand in another order. */
  readonly reordered: readonly TableName[];
  /** Rows of which recordings were believed over the tree. */
  readonly believed: readonly Belief[];
}

/** Rows by key; a key that comes twice is numbered. */
function byKey(rows: readonly FlatRow[]): ReadonlyMap<string, FlatRow> {
  const found = new Map<string, FlatRow>();
  for (const row of rows) {
    let key = row.key;
    for (let n = 2; found.has(key); n++) key = `${row.key} (${n})`;
    found.set(key, row);
  }
  return found;
}

/** Compares what a tree says with the history at its release, row by row. */
export function compare(tree: Flat, ours: Flat, release: Release, beliefs: readonly Belief[]): Comparison {
  const differences: Difference[] = [];
  const reordered: TableName[] = [];
  const believed: Belief[] = [];
  for (const table of TABLES) {
    const [a, b] = [byKey(tree[table]), byKey(ours[table])];
    const line = (row: FlatRow): string => asInTree(beliefs, table, row, release);
    const before = differences.length;
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const [inTree, inOurs] = [a.get(key), b.get(key)];
      if (inTree && inOurs && inTree.line === line(inOurs)) {
        const belief = beliefAt(beliefs, table, key, release);
        if (belief) believed.push(belief);
        continue;
      }
      differences.push({ table, key, ...(inTree ? { tree: inTree } : {}), ...(inOurs ? { ours: inOurs } : {}) });
    }
    const isSame = differences.length === before;
    if (isSame && ORDERED.has(table) && tree[table].some(({ key }, i) => key !== ours[table][i]?.key)) reordered.push(table);
  }
  return { differences, reordered, believed };
}
