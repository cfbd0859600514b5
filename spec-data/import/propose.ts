import { capabilityOrderAt } from '../../src/linux/release/capability.ts';
import { parseRelease } from '../../src/linux/release/release.ts';
import { type LinuxRows, linuxRows } from '../build/linux.ts';
import type { Belief } from './believed.ts';
import { type Comparison, compare, type Difference } from './compare.ts';
import type { Docs, Json } from './docs.ts';
import { editOrder } from './edit-order.ts';
import { addRow, endRow, stepRow } from './edit-row.ts';
import type { TableName } from './flat.ts';
import { atRelease, flatten, type HistoryRow, historyRows } from './flatten.ts';
import { fieldKey, rawRow } from './raw-rows.ts';
import { fieldPath } from './read/conditions.ts';
import type { ReadTree } from './read/index.ts';
import { compareReleases, type Role } from './role.ts';
import { settle } from './settle.ts';

/** One edit of spec-data, or what someone has to decide. */
export interface Proposal {
  readonly table: TableName | 'cores' | 'releases';
  readonly key: string;
  /** What is done: a row is new, changes, ends; a bound gets narrower; `by hand`: nothing is, because … */
  readonly kind: 'new' | 'changes' | 'ends' | 'settles' | 'by hand';
  readonly file?: string;
  /** What the history has, and what the tree has. */
  readonly ours?: string;
  readonly tree?: string;
  readonly where?: string;
  /** The row as it is now, absent for a new one; as it would be; and a word on why, or on why nothing is proposed. */
  readonly was?: Json;
  readonly row?: Json;
  readonly why?: string;
}

/** Everything that a proposal rests on. */
export interface Case {
  readonly docs: Docs;
  readonly rows: LinuxRows;
  readonly tree: ReadTree;
  readonly role: Role;
  readonly history: readonly HistoryRow[];
}

/** What is proposed, and what it leads to. */
export interface Proposed {
  readonly proposals: readonly Proposal[];
  /** What still differs once it is done. */
  readonly left: Comparison;
  /** Rows of other releases that it would change: `releases: line`. */
  readonly elsewhere: readonly string[];
}

function proposalOf(it: Case, difference: Difference): Proposal {
  const { table, key, tree, ours } = difference;
  const said = {
    table,
    key,
    ...(ours ? { ours: ours.line } : {}),
    ...(tree ? { tree: tree.line } : {}),
    ...(tree?.where ? { where: tree.where } : {}),
  };
  const byHand = (why: string): Proposal => ({ ...said, kind: 'by hand', why });
  if (table === 'cpuinfo-order') return byHand('a bit that no row of the table sets: look at the code that does');
  const name = key.replace(/ \(\d+\)$/, '');
  const raw = rawRow(it.docs, table, name, it.role.release);
  if (table === 'behaviour' && tree?.state === undefined && ours?.state === undefined) return effectOf(it, difference, byHand);
  if (tree && !ours && !raw) return { ...said, kind: 'new', ...addRow(it, table, name, tree) };
  if (!raw) return byHand('the history has no such row to change');
  const was = structuredClone(raw.row);
  const history = it.history.filter((row) => row.table === table && row.key === name);
  if (history.length !== 1) return byHand('several rows share its name');
  const done = tree ? stepRow(it, table, history[0]!, raw, tree, ours) : endRow(it, raw);
  if (typeof done === 'string') return byHand(done);
  return { ...said, kind: tree ? 'changes' : 'ends', file: raw.file, was, row: raw.row };
}

/** What an erratum does besides: it stands on the erratum's row, without a time. */
function effectOf(it: Case, { key, tree }: Difference, byHand: (why: string) => Proposal): Proposal {
  const [name = '', what = ''] = key.split(' ');
  const raw = rawRow(it.docs, 'errata', name, it.role.release);
  const bits = / hides (\w+\[\d+:\d+\])$/.exec(tree?.line ?? '')?.[1];
  const member =
    what === 'hides' && bits
      ? { hides: fieldAt(bits) }
      : what === 'clears' && tree
        ? { clearsCompat: tree.line.split(' ').at(-1) }
        : what === 'traps' && tree
          ? { trapsCtr: true }
          : undefined;
  if (!raw || !member) return byHand('see the row of the option or of the erratum');
  const was = structuredClone(raw.row);
  Object.assign(raw.row, member);
  return { table: 'behaviour', key, kind: 'changes', file: raw.file, tree: tree!.line, was, row: raw.row };
}

/** A field by its name, from its bits. */
function fieldAt(key: string): string {
  const { register, bits } = fieldKey(key);
  return fieldPath(register, ...bits);
}

/** Cores that conditions name and the history does not know. */
function* cores(it: Case): Iterable<Proposal> {
  const text = JSON.stringify(
    [it.tree.flat.cpucaps, it.tree.flat.errata, it.tree.flat['core-lists']].map((rows) => rows.map(({ state }) => state)),
  );
  const used = new Set([...text.matchAll(/"([A-Z][A-Z0-9_]+)(?: r\d+p\d+\.\.r\d+p\d+)?"/g)].map((match) => match[1]!));
  const doc = it.docs.read('linux/midr-names.json');
  for (const name of [...used].sort()) {
    const id = it.tree.cores[name];
    if (id === undefined) continue;
    if (doc.cores[name] === undefined) {
      doc.cores = Object.fromEntries([...Object.entries(doc.cores), [name, id]].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
      yield { table: 'cores', key: name, kind: 'new', file: 'linux/midr-names.json', tree: `${name} ${id}`, row: { [name]: id } };
    } else if (doc.cores[name] !== id) {
      yield {
        table: 'cores',
        key: name,
        kind: 'by hand',
        ours: `${name} ${doc.cores[name]}`,
        tree: `${name} ${id}`,
        why: 'a core does not change its number',
      };
    }
  }
}

/** The release in the list of those that were read. */
function* releases(it: Case, source: string): Iterable<Proposal> {
  const doc = it.docs.read('linux/releases.json');
  const { release, series } = it.role;
  if (doc.rows.some((row: Json) => row.release === release.text)) return;
  const row = { release: release.text, mainline: series === undefined, tree: source };
  const at = doc.rows.findIndex((other: Json) => compareReleases(parseRelease(other.release), release) > 0);
  doc.rows.splice(at < 0 ? doc.rows.length : at, 0, row);
  yield { table: 'releases', key: release.text, kind: 'new', file: 'linux/releases.json', tree: `${release.text} from ${source}`, row };
}

/** Lines of the releases that were read, before and after an edit. */
function linesOf(rows: LinuxRows, names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const history = historyRows(rows);
  return new Map(
    names.map((name) => {
      const release = parseRelease(name);
      const at = atRelease(rows, release);
      const lines = history.flatMap((row) => row.at(at)?.line ?? []);
      return [name, [...lines, `capabilities in the order ${capabilityOrderAt(release, rows.order).join(' ')}`]];
    }),
  );
}

/** The lines that come new to other releases, each once with its releases. */
function changedElsewhere(before: ReadonlyMap<string, readonly string[]>, now: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const releases = new Map<string, string[]>();
  for (const [release, lines] of now) {
    const was = new Set(before.get(release));
    for (const line of lines) if (!was.has(line)) releases.set(line, [...(releases.get(line) ?? []), release]);
  }
  return [...releases].map(([line, names]) => `${names.join(', ')}: ${line}`);
}

/** Whether a string of /proc/cpuinfo is that of a row, which is proposed by itself. */
function followsFromRow({ tree }: Case, { table, tree: inTree, ours }: Difference): boolean {
  const name = (inTree ?? ours)?.line.split(' ')[1];
  return table === 'cpuinfo-order' && (inTree === undefined || tree.flat.hwcaps.some(({ key }) => key === name));
}

/** What to edit so that the history has what a tree has. The edits are made in `docs`, in memory. */
export function propose(docs: Docs, tree: ReadTree, role: Role, source: string, beliefs: readonly Belief[]): Proposed {
  const rows = linuxRows(docs);
  const it: Case = { docs, rows, tree, role, history: historyRows(rows) };
  const { differences } = compare(tree.flat, flatten(rows, role.release), role.release, beliefs);
  const known = rows.releases.map(({ release }) => release).filter((release) => release !== role.release.text);
  const before = linesOf(rows, known);
  const settled = settle(it, differences);
  const open = differences.filter(({ table, key }) => !settled.some((each) => each.table === table && each.key === key));
  const proposals: Proposal[] = [...cores(it), ...settled];
  const orders =
    differences.some(({ table }) => table === 'capability-order') && !settled.some(({ table }) => table === 'capability-order');
  for (const difference of open) {
    if (difference.table !== 'capability-order' && !followsFromRow(it, difference)) proposals.push(proposalOf(it, difference));
  }
  if (orders) proposals.push(editOrder(it));
  proposals.push(...releases(it, source));
  const after = linuxRows(docs);
  const now = linesOf(after, known);
  return {
    proposals,
    left: compare(tree.flat, flatten(after, role.release), role.release, beliefs),
    elsewhere: changedElsewhere(before, now),
  };
}
