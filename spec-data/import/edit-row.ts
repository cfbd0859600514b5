import { fieldBits } from '../../src/arch/field-bits.ts';
import { compareMainline, parseRelease } from '../../src/linux/release/release.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import type { LinuxRows } from '../build/linux.ts';
import { coreText, gateText } from './condition-text.ts';
import type { Json } from './docs.ts';
import type { FlatRow, TableName } from './flat.ts';
import { atRelease, type HistoryRow } from './flatten.ts';
import type { Case, Proposal } from './propose.ts';
import { fieldKey, fileOf, type RawRow } from './raw-rows.ts';
import { fieldPath } from './read/conditions.ts';
import { compareReleases, type Role } from './role.ts';
import { rawGate, rawState, stateDifference } from './states.ts';

type Affected = readonly { readonly midr: string; readonly config?: Json }[];

/** Whether two states name the same CPUs. */
function sameCpus(a: FlatRow, b: FlatRow): boolean {
  return JSON.stringify((a.state as Json).affected ?? []) === JSON.stringify((b.state as Json).affected ?? []);
}

/** When a row begins: in mainline, or in a stable series alone. */
function beginning(role: Role, state: Json): Json {
  if (role.series === undefined) return { since: role.since, ...(role.notIn ? { notIn: role.notIn } : {}), ...state };
  return { backports: [{ series: role.series, since: role.since, ...(role.notIn ? { notIn: role.notIn } : {}), ...state }] };
}

/** The rows that a row of the tree follows, nearest first. */
function before(rows: readonly FlatRow[], key: string): readonly string[] {
  const at = rows.findIndex((row) => row.key === key);
  return rows
    .slice(0, Math.max(at, 0))
    .map((row) => row.key)
    .reverse();
}

function insertAfter(list: Json[], row: Json, isBefore: (other: Json) => boolean): void {
  const at = list.findLastIndex(isBefore);
  list.splice(at + 1, 0, row);
}

/** A place in the kernel's table: right after the row before it; those behind it move where there is no room. */
function tableOrder(it: Case, table: 'hwcaps' | 'compat-hwcaps', key: string): number {
  const files = table === 'hwcaps' ? ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'] : ['compat'];
  const rows: Json[] = files.flatMap((name) => it.docs.read(`linux/hwcaps/${name}.json`).rows);
  const order = new Map(rows.map((row) => [row.name, row.tableOrder]));
  const previous = before(it.tree.flat[table], key).find((name) => order.has(name));
  const place = previous === undefined ? 0 : order.get(previous) + 1;
  if (rows.some((row) => row.tableOrder === place)) for (const row of rows) if (row.tableOrder >= place) row.tableOrder++;
  return place;
}

/** A name of a field in the architecture; absent if spec-data/arch does not have it. */
function fieldName(key: string): string | undefined {
  const { register, bits } = fieldKey(key);
  const path = fieldPath(register, ...bits);
  return path === key ? undefined : fieldBits(path as never).name;
}

/** Adds a row that no release had. */
export function addRow(it: Case, table: TableName, key: string, { state = {}, where }: FlatRow): Pick<Proposal, 'file' | 'row' | 'why'> {
  const flat = state as Json;
  const file = fileOf(table, key, flat);
  const timed = beginning(it.role, rawState(table, flat));
  const add = (row: Json, list: Json[], isBefore: (other: Json) => boolean): Pick<Proposal, 'file' | 'row'> => {
    insertAfter(list, row, isBefore);
    return { file, row };
  };
  const doc = table === 'registers' && !it.docs.has(file) ? undefined : it.docs.read(file);
  const follows = (list: Json[], keyOf: (row: Json) => string): ((other: Json) => boolean) => {
    const previous = before(it.tree.flat[table], key).find((name) => list.some((row) => keyOf(row) === name));
    return (other) => keyOf(other) === previous;
  };
  switch (table) {
    case 'registers': {
      const row = {
        $schema: '../../schemas/sanitised-register.schema.json',
        name: key,
        encoding: flat.encoding,
        ...timed,
        fields: [],
        source: `linux:${where?.split(':')[0]}#arm64_ftr_regs`,
      };
      it.docs.create(file, row);
      return { file, row };
    }
    case 'fields': {
      const { bits } = fieldKey(key);
      const name = fieldName(key);
      return add({ ...(name ? { name } : {}), bits, ...timed }, doc.fields, (other) => other.bits[0] > bits[0]);
    }
    case 'hwcaps':
    case 'compat-hwcaps': {
      const constant = flat.constant === flat.name.toUpperCase() ? {} : { constant: flat.constant };
      const row = { name: flat.name, ...constant, vector: flat.vector, bit: flat.bit, tableOrder: tableOrder(it, table, key), ...timed };
      return add(row, doc.rows, (other) => (other.vector === flat.vector ? other.bit < flat.bit : other.vector < flat.vector));
    }
    case 'compat-words': {
      const [word, bit] = key.split('.').map(Number);
      const vector = word === 1 ? 'AT_HWCAP' : 'AT_HWCAP2';
      return add({ vector, bit, ...timed }, doc.bitNames, (other) => (other.vector === vector ? other.bit < bit! : other.vector < vector));
    }
    case 'cpucaps':
    case 'errata': {
      const affected = ((flat.affected ?? []) as Affected).map((each) => affectedRow(it.role, each));
      return add(
        { name: key, ...timed, ...(affected.length > 0 ? { affected } : {}) },
        doc.rows,
        follows(doc.rows, (row) => row.name),
      );
    }
    case 'overrides': {
      if (key.endsWith(' ='))
        return add(
          { name: key.slice(0, -2), ...timed },
          doc.aliases,
          follows(doc.aliases, (row) => `${row.name} =`),
        );
      const [register = '', name] = key.split('.');
      let owner = doc.registers.find((row: Json) => row.name === register);
      if (!owner) {
        const id = /^id_/.test(register) ? { register: `${register.toUpperCase()}_EL1` } : {};
        owner = { name: register, ...id, fields: [] };
        doc.registers.push(owner);
      }
      return add(
        { name, ...timed },
        owner.fields,
        follows(owner.fields, (row) => `${register}.${row.name}`),
      );
    }
    default:
      return add({ name: key, ...timed }, doc.rows, (other) => other.name < key);
  }
}

function affectedRow(role: Role, { midr, config }: Affected[number]): Json {
  return { midr, ...beginning(role, config === undefined ? {} : { config: rawGate(config) }) };
}

/** Puts a step among those of its kind, in the order of releases. */
export function insertStep(steps: Json[], step: Json): void {
  const at = steps.findIndex((other) => compareReleases(parseRelease(other.since), parseRelease(step.since)) > 0);
  steps.splice(at < 0 ? steps.length : at, 0, step);
}

/** Whether a step belongs to the tree's series: to one that was read before, or because mainline took it in a later release. */
function isLater({ series, release }: Role, mainline: string | undefined): boolean {
  if (series !== undefined) return true;
  return mainline !== undefined && (release.sublevel ?? 0) > 0 && compareMainline(parseRelease(mainline), release) > 0;
}

/** A step of the tree's series: what mainline took later, or never. */
function backport(role: Role, more: Json): Json {
  const bound = role.series !== undefined && role.notIn ? { notIn: role.notIn } : {};
  return { series: role.release.series, since: role.release.text, ...bound, ...more };
}

/** The first mainline release as in which a row is what the tree has. */
function standsAs(rows: LinuxRows, history: HistoryRow, line: string): string | undefined {
  const { since, changes = [] } = history.row;
  const starts = [since, ...changes.map((change) => change.since)].filter((each) => each !== undefined);
  return starts.find((each) => history.at(atRelease(rows, parseRelease(each!)))?.line === line);
}

/** Changes a row of the history; a text says why it cannot. */
export function stepRow(
  it: Case,
  table: TableName,
  history: HistoryRow,
  { row }: RawRow,
  tree: FlatRow,
  ours: FlatRow | undefined,
): string | undefined {
  const { role, rows } = it;
  const { terms } = atRelease(rows, role.release);
  const as = standsAs(rows, history, tree.line);
  if (isLater(role, as)) {
    if (as !== undefined && (!row.affected || (ours && sameCpus(ours, tree)))) return put(row, 'backports', backport(role, { as }));
    if (as !== undefined && !ours) {
      put(row, 'backports', backport(role, { as }));
      return affectedSteps(it, row, undefined, tree);
    }
    const difference = stateDifference(table, ours?.state ?? {}, tree.state ?? {}, terms);
    if (Object.keys(difference).length > 0) put(row, 'backports', backport(role, difference));
    return affectedSteps(it, row, ours, tree);
  }
  if (!ours) {
    if (row.since !== undefined && compareReleases(parseRelease(row.since), role.release) > 0 && as === row.since) {
      row.since = role.since;
      if (role.notIn) row.notIn = role.notIn;
      else delete row.notIn;
      return affectedSteps(it, row, undefined, tree);
    }
    if (row.since === undefined) {
      Object.assign(row, { since: role.since, ...(role.notIn ? { notIn: role.notIn } : {}), ...rawState(table, tree.state ?? {}) });
      return affectedSteps(it, row, undefined, tree);
    }
    return 'the row ended before this release and is here again';
  }
  const difference = stateDifference(table, ours.state ?? {}, tree.state ?? {}, terms);
  if (Object.keys(difference).length > 0)
    put(row, 'changes', { since: role.since, ...(role.notIn ? { notIn: role.notIn } : {}), ...difference });
  return affectedSteps(it, row, ours, tree);
}

function put(row: Json, list: 'changes' | 'backports', step: Json): undefined {
  row[list] ??= [];
  insertStep(row[list], step);
  return undefined;
}

/** A core as mainline first named it under that option; as the tree has it, where mainline never did. */
function as({ since, config: first, changes = [] }: Json, { config }: Json): Json {
  if (since === undefined) return { config };
  let now = first;
  const steps: readonly Json[] = [{ since }, ...changes];
  const step = steps.find((each) => {
    if (each.config !== undefined) now = each.config ?? undefined;
    return JSON.stringify(now) === JSON.stringify(config);
  });
  return { as: step?.since ?? since };
}

/** CPUs that an erratum names now and did not, or no longer. */
function affectedSteps({ role, rows }: Case, row: Json, ours: FlatRow | undefined, tree: FlatRow): string | undefined {
  const list = (flat: FlatRow | undefined): Affected => ((flat?.state as Json)?.affected ?? []) as Affected;
  const text = ({ midr, config }: Affected[number]): string => `${coreText(midr, rows.cores)}${gateText(config)}`;
  const [was, is] = [list(ours), list(tree)];
  if (is.length === 0 && was.length === 0) return undefined;
  if (row.cores === undefined) row.affected ??= [];
  const cpus: Json[] = row.cores ?? row.affected;
  for (const each of is.filter((cpu) => !was.some((other) => text(other) === text(cpu)))) {
    const known = cpus.find((other) => coreText(other.midr ?? other, rows.cores) === coreText(each.midr, rows.cores));
    const config = each.config === undefined ? {} : { config: rawGate(each.config) };
    if (!known) cpus.push(affectedRow(role, each));
    else if (typeof known === 'string') return 'a core of the list has no time, and differs';
    else if (isLater(role, known.since)) put(known, 'backports', backport(role, as(known, config)));
    else if (known.since === undefined || compareReleases(parseRelease(known.since), role.release) > 0) known.since = role.since;
    else put(known, 'changes', { since: role.since, ...config });
  }
  for (const each of was.filter((cpu) => !is.some((other) => coreText(other.midr, rows.cores) === coreText(cpu.midr, rows.cores)))) {
    const known = cpus.find((other) => (other.midr ?? other) === each.midr);
    if (typeof known === 'string') return 'a core of the list has no time, and left';
    if (known) end(known, role);
  }
  return undefined;
}

function end(row: Json, role: Role): void {
  if (isLater(role, row.until)) put(row, 'backports', backport(role, { gone: true }));
  else {
    row.until = role.since;
    if (role.notIn) row.untilNotIn = role.notIn;
  }
}

/** Ends a row that the tree no longer has. */
export function endRow({ role }: Case, { row }: RawRow): string | undefined {
  if (!isLater(role, row.until) && row.until !== undefined) return 'the row ends in another release already';
  const cpus: Json[] = (row.affected ?? []).filter((each: Json) => stateAt(each, role.release) !== undefined);
  for (const each of [row, ...cpus]) end(each, role);
  return undefined;
}
