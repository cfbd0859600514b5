import { toJson } from '../../src/formats/json.ts';
import type { Aside } from './asides.ts';
import type { Comparison } from './compare.ts';
import { TABLES } from './flat.ts';
import type { Proposal, Proposed } from './propose.ts';
import type { ReadTree } from './read/index.ts';
import type { Role } from './role.ts';
import { rowChange } from './row-change.ts';

/** All that one import found. */
export interface Found {
  readonly role: Role;
  readonly tree: ReadTree;
  readonly comparison: Comparison;
  /** Absent where nothing differs and no bound gets narrower. */
  readonly proposed?: Proposed;
  /** What stands in no table of one release. */
  readonly asides: readonly Aside[];
  /** The files that were written. */
  readonly written: readonly string[];
}

const KINDS: Readonly<Record<Proposal['kind'], string>> = {
  new: 'new row',
  changes: 'changed row',
  ends: 'row that ends',
  settles: 'bound that gets narrower',
  'by hand': 'to be decided by hand',
};

/** Bounds that the tree makes narrower are no difference, nor is the release's own line in the list of trees. */
export function differs({ comparison }: Found): boolean {
  return comparison.differences.length > 0 || comparison.reordered.length > 0;
}

function proposalLines({ table, key, kind, file, ours, tree, where, was, row, why }: Proposal): readonly string[] {
  const lines = [`${table}: ${key}: ${KINDS[kind]}${why ? `: ${why}` : ''}`];
  if (ours !== undefined) lines.push(`  history  ${ours}`);
  if (tree !== undefined) lines.push(`  tree     ${tree}${where ? `  (${where})` : ''}`);
  const place = file ? `spec-data/${file}` : 'row';
  if (row === undefined) return lines;
  if (was === undefined) lines.push(`  ${place}: ${JSON.stringify(row)}`);
  else lines.push(`  ${place}:`, ...[...rowChange(was, row)].map((line) => `    ${line}`));
  return lines;
}

/** The report for a person. */
export function reportText(found: Found): string {
  const { role, tree, comparison, proposed, written } = found;
  const rows = TABLES.reduce((sum, table) => sum + tree.flat[table].length, 0);
  const lines = [`Linux ${role.release.text}: ${rows} rows in ${TABLES.length} tables`];
  for (const { table, row, note } of comparison.believed) lines.push(`believed over the tree: ${table}: ${row}: ${note}`);
  for (const table of comparison.reordered) lines.push(`${table}: the same rows in another order`);
  if (!differs(found)) lines.push('nothing differs');
  else lines.push(`${comparison.differences.length} ${comparison.differences.length === 1 ? 'row differs' : 'rows differ'}`);
  for (const proposal of proposed?.proposals ?? []) lines.push('', ...proposalLines(proposal));
  for (const line of proposed?.elsewhere ?? []) lines.push(`this would also change ${line}`);
  const left = proposed?.left.differences ?? [];
  if (left.length > 0) lines.push('', `${left.length} ${left.length === 1 ? 'row is' : 'rows are'} still different after that:`);
  for (const { table, key, tree: inTree, ours } of left)
    lines.push(`  ${table}: ${key}: history ${ours?.line ?? 'nothing'}; tree ${inTree?.line ?? 'nothing'}`);
  if (found.asides.length > 0) lines.push('', 'beside the tables, to be looked at:');
  for (const { about, key, what, where } of found.asides) lines.push(`  ${about}: ${key}: ${what} (${where})`);
  lines.push('', tree.unread.length === 0 ? 'everything in these tables was read' : 'not read, or read with a choice:');
  for (const { table, row, where, why } of tree.unread) lines.push(`  ${table}: ${row === undefined ? '' : `${row}: `}${why} (${where})`);
  lines.push(
    'not looked at: what functions that match capabilities do (they are rules by name), KVM beyond its masks, the order of boot, log lines beside the tables and the rules',
  );
  for (const file of written) lines.push(`wrote ${file}`);
  return `${lines.join('\n')}\n`;
}

/** The report for a program. */
export function reportJson(found: Found): string {
  const { role, tree, comparison, proposed, written } = found;
  const value = {
    command: 'import',
    release: role.release.text,
    mainline: role.series === undefined,
    differs: differs(found),
    differences: comparison.differences.map(({ table, key, ours, tree: inTree }) => ({
      table,
      key,
      history: ours?.line,
      tree: inTree?.line,
      where: inTree?.where,
    })),
    reordered: comparison.reordered,
    believed: comparison.believed.map(({ table, row, note }) => ({ table, row, note })),
    proposals: proposed?.proposals ?? [],
    elsewhere: proposed?.elsewhere ?? [],
    left: (proposed?.left.differences ?? []).map(({ table, key }) => ({ table, key })),
    asides: found.asides,
    unread: tree.unread,
    written,
  };
  return `${JSON.stringify(toJson(value), null, 2)}\n`;
}
