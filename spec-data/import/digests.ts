import { createHash } from 'node:crypto';
import { parseRelease } from '../../src/linux/release/release.ts';
import { type Flat, TABLES, type TableName, treeLines } from './flat.ts';
import { compareReleases } from './role.ts';

/** One tree of test/spec-data/linux-trees.json: of each table the number of lines and the first 16 digits of their SHA-256. */
export interface TreeDigests {
  readonly release: string;
  /** Whose tree it is, where it is not the plain release. */
  readonly name?: string;
  /** The tree that stands for the mainline release it grew from, and the tables in which it differs from that one. */
  readonly grewFrom?: string;
  readonly differsIn?: readonly string[];
  /** Counted by the import; absent: as the tree was read before there was one. */
  readonly imported?: true;
  readonly tables: Readonly<Record<string, string>>;
}

/** The digest of a table's lines. */
export function digest(lines: readonly string[]): string {
  return `${lines.length} ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`;
}

/** The digests of a tree's tables. */
export function digestsOf(flat: Flat): Readonly<Record<TableName, string>> {
  const lines = treeLines(flat);
  return Object.fromEntries(TABLES.map((table) => [table, digest(lines[table])])) as Record<TableName, string>;
}

/** The list with a tree's digests in it, in the order of releases. */
export function withDigests(
  trees: readonly TreeDigests[],
  release: string,
  flat: Flat,
  grew: Pick<TreeDigests, 'grewFrom' | 'differsIn'>,
): readonly TreeDigests[] {
  const known = trees.find((tree) => tree.release === release);
  const { tables: _tables, imported: _imported, ...about } = { ...(known ?? { release, tables: {} }), ...grew };
  const entry: TreeDigests = { ...about, imported: true, tables: digestsOf(flat) };
  const others = trees.filter((tree) => tree.release !== release);
  const at = others.findIndex((tree) => compareReleases(parseRelease(tree.release), parseRelease(release)) > 0);
  return at < 0 ? [...others, entry] : [...others.slice(0, at), entry, ...others.slice(at)];
}
