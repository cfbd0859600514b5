import { fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import { type Behaviour, behaviourAt } from '../../src/linux/release/behaviour.ts';
import { capabilityOrderAt } from '../../src/linux/release/capability.ts';
import type { Release } from '../../src/linux/release/release.ts';
import type {
  AffectedRow,
  CapabilityRow,
  CapabilityState,
  Gate,
  HwcapRow,
  HwcapState,
  KconfigState,
  SanitisedFieldState,
  Timed,
} from '../../src/linux/release/rows.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import { listsJudgedBy } from '../../src/linux/rules/judge-rule.ts';
import type { LinuxRows } from '../build/linux.ts';
import type { Terms } from './condition-text.ts';
import type { Flat, FlatRow, TableName } from './flat.ts';
import {
  type Affected,
  aliasLine,
  capabilityLine,
  coreListLine,
  type FlatCapability,
  fieldLine,
  hwcapLine,
  kconfigLine,
  overrideLine,
  registerLine,
  WORD,
} from './lines.ts';
import { IN_FUNCTIONS } from './read/rules.ts';

/** The hwcaps that follow from no register, so that no row has them: name and bit of AT_HWCAP. */
const WITHOUT_ROW = { evtstrm: 2, cpuid: 11 } as const;

/** The rules that stand with the tables; the others are told by one function each. */
export const IN_TABLES: readonly string[] = [
  'aarch32-registers-initialised',
  'aarch32-registers-updated',
  'hwcap-needs-visible-field',
  'mrs-emulation-from-crm',
  'ctr-effective-idc',
  'ctr-trapped',
  'compat-needs-32bit-el0',
  'cpuid-hwcap',
  'overrides',
  'impossible-override-message',
  'mismatched-32bit-el0',
  'capability-order',
  'detected-message',
];

/** What a row needs to be put in a line. */
interface At {
  readonly release: Release;
  readonly rules: Behaviour;
  readonly terms: Terms;
}

/** A row of the history, with what it comes to at a release. */
export interface HistoryRow {
  readonly table: TableName;
  readonly key: string;
  readonly row: Timed<object>;
  readonly at: (at: At) => FlatRow | undefined;
}

function boundRow<S extends object>(table: TableName, key: string, row: Timed<S>, line: (state: S, at: At) => string): HistoryRow {
  const at = (at: At): FlatRow | undefined => {
    const state = stateAt<S>(row, at.release);
    return state && { key, line: line(state, at), state };
  };
  return { table, key, row: row as Timed<object>, at };
}

function* registers({ sanitised }: LinuxRows): Iterable<HistoryRow> {
  for (const row of sanitised) {
    yield boundRow<{ readonly override?: true }>('registers', row.name, row, (state) =>
      registerLine(row.name, row.encoding, state.override === true),
    );
    for (const field of row.fields) {
      const key = `${row.name}[${field.bits.join(':')}]`;
      yield boundRow<SanitisedFieldState>('fields', key, field, (state) => fieldLine(row.name, field.bits, state));
    }
  }
}

function hwcaps(table: TableName, rows: readonly HwcapRow[]): readonly HistoryRow[] {
  return [...rows]
    .sort((a, b) => a.tableOrder - b.tableOrder)
    .map((row) => boundRow<HwcapState>(table, row.name, row, (state, { terms }) => hwcapLine(row, state, terms)));
}

function* compatWords(rows: LinuxRows): Iterable<HistoryRow> {
  yield boundRow<{ readonly value: number }>(
    'compat-words',
    'default',
    rows.compatDefault,
    ({ value }) => `default 0x${value.toString(16)}`,
  );
  for (const row of rows.bitNames) {
    const key = `${WORD[row.vector]}.${row.bit}`;
    yield boundRow<{ readonly name?: string; readonly hole?: true }>(
      'compat-words',
      key,
      row,
      ({ name, hole }) => `${key} ${hole ? '-' : name}`,
    );
  }
}

function affectedAt(cores: readonly AffectedRow[], release: Release): readonly Affected[] {
  return cores.flatMap((each) => {
    const gate = stateAt<{ readonly config?: Gate }>(each, release);
    return gate ? [{ midr: each.midr, ...(gate.config ? { config: gate.config } : {}) }] : [];
  });
}

/** Lists of which a kernel has only those that go with how it judges by them. */
const JUDGED_BY: Readonly<Record<string, Behaviour['spectre-bhb']>> = {
  'spectre-bhb-loop': 'listed',
  'spectre-bhb-firmware': 'listed',
  'spectre-bhb-safe': 'unless-safe',
};

/** The lists of cores that a release judges by. */
function* coreLists({ lists, cpucaps, errata }: LinuxRows): Iterable<HistoryRow> {
  for (const row of lists) {
    const at = ({ release, terms, rules }: At): FlatRow | undefined => {
      const by = JUDGED_BY[row.name];
      if (by !== undefined && by !== rules['spectre-bhb']) return undefined;
      const isAsked = [...cpucaps, ...errata].some((capability) => {
        const when = stateAt<CapabilityState>(capability, release)?.when;
        return when !== undefined && listsJudgedBy(when).includes(row.name);
      });
      if (!isAsked) return undefined;
      const affected = affectedAt(row.cores, release);
      return { key: row.name, line: coreListLine(row.name, affected, terms), state: { affected } };
    };
    yield { table: 'core-lists', key: row.name, row, at };
  }
}

function* capabilities(table: TableName, rows: readonly CapabilityRow[]): Iterable<HistoryRow> {
  for (const row of rows) {
    const at = ({ release, terms, rules }: At): FlatRow | undefined => {
      const state = stateAt<CapabilityState>(row, release);
      if (!state) return undefined;
      const affected = affectedAt(row.affected ?? [], release);
      const { affected: _all, ...own } = state as FlatCapability;
      const flat: FlatCapability = affected.length > 0 ? { ...own, affected } : own;
      return { key: row.name, line: capabilityLine(row.name, flat, terms, rules['strict-boot-panics'] === true), state: flat };
    };
    yield { table, key: row.name, row, at };
  }
}

function* overrides({ overrides: registers_, aliases }: LinuxRows): Iterable<HistoryRow> {
  for (const register of registers_) {
    for (const row of register.fields) {
      const key = `${register.name}.${row.name}`;
      yield boundRow<{ readonly bits: readonly [number, number]; readonly filter?: string }>('overrides', key, row, (state) =>
        overrideLine(key, state),
      );
    }
  }
  for (const row of aliases) {
    yield boundRow<{ readonly expands: readonly string[] }>('overrides', `${row.name} =`, row, ({ expands }) =>
      aliasLine(row.name, expands),
    );
  }
}

function rules(table: TableName, { behaviour }: LinuxRows, names: readonly string[]): readonly HistoryRow[] {
  return behaviour
    .filter(({ name }) => names.includes(name))
    .map((row) => boundRow<{ readonly value: unknown }>(table, row.name, row, ({ value }) => `${row.name} ${value}`));
}

/** Every row of the history that has a line of its own, in the order of its tables. */
export function historyRows(rows: LinuxRows): readonly HistoryRow[] {
  return [
    ...registers(rows),
    ...hwcaps('hwcaps', rows.hwcaps),
    ...hwcaps('compat-hwcaps', rows.compat),
    ...compatWords(rows),
    ...capabilities('cpucaps', rows.cpucaps),
    ...capabilities('errata', rows.errata),
    ...coreLists(rows),
    ...overrides(rows),
    ...rows.kconfig.map((row) =>
      boundRow<KconfigState>('kconfig', row.name, row, (state, { terms }) => kconfigLine(row.name, state, terms)),
    ),
    ...rules('behaviour', rows, IN_TABLES),
    ...rules('rules', rows, IN_FUNCTIONS),
  ];
}

/** What is needed to flatten a release. */
export function atRelease(rows: LinuxRows, release: Release): At {
  const rules = behaviourAt(rows.behaviour, release);
  return { release, rules, terms: { signed: rules['signed-comparison'], cores: rows.cores } };
}

/** The names of bits in the order in which /proc/cpuinfo prints them. */
function cpuinfoOrder(rows: LinuxRows, { release, rules }: At): readonly FlatRow[] {
  const bits = rows.hwcaps.filter((row) => stateAt(row, release)).map(({ vector, bit, name }) => ({ word: WORD[vector], bit, name }));
  const has = (name: string): boolean => bits.some((each) => each.name === name);
  if (!has('evtstrm')) bits.push({ word: 1, bit: WITHOUT_ROW.evtstrm, name: 'evtstrm' });
  if (!has('cpuid') && rules['cpuid-hwcap']) bits.push({ word: 1, bit: WITHOUT_ROW.cpuid, name: 'cpuid' });
  return bits
    .sort((a, b) => a.word - b.word || a.bit - b.bit)
    .map(({ word, bit, name }) => ({ key: `${word}.${bit}`, line: `${word}.${bit} ${name}` }));
}

/** What stands beside the tables: what errata do to EL0's view, and the two registers that are not architectural ID registers. */
function* effects(rows: LinuxRows, { release }: At): Iterable<FlatRow> {
  const told = (key: string, line: string): FlatRow => ({ key, line });
  for (const row of [...rows.cpucaps, ...rows.errata]) {
    if (!stateAt(row, release)) continue;
    if (row.hides !== undefined) {
      const { register, lsb, width } = fieldPlace(row.hides);
      yield told(`${row.name} hides`, `${row.name} hides ${register}[${lsb + width - 1}:${lsb}]`);
    }
    if (row.clearsCompat !== undefined) yield told(`${row.name} clears`, `${row.name} clears AArch32 ${row.clearsCompat}`);
    if (row.trapsCtr) yield told(`${row.name} traps`, `${row.name} traps CTR_EL0`);
  }
  const sme = rows.kconfig.find(({ name }) => name === 'CONFIG_ARM64_SME');
  const depends = sme && stateAt<KconfigState>(sme, release)?.depends;
  if (JSON.stringify(depends ?? {}).includes('CONFIG_BROKEN')) yield told('CONFIG_ARM64_SME', 'CONFIG_ARM64_SME is broken');
  for (const row of rows.sanitised) {
    if (/^(ZCR|SMCR)_EL1$/.test(row.name) && stateAt(row, release)) yield told(row.name, `tracks ${row.name}`);
  }
}

/** The history of one release, flattened: every table as the tree of that release should have it. */
export function flatten(rows: LinuxRows, release: Release, all: readonly HistoryRow[] = historyRows(rows)): Flat {
  const at = atRelease(rows, release);
  const flat = all.map((row) => [row.table, row.at(at)] as const);
  const of = (table: TableName): readonly FlatRow[] => flat.flatMap(([name, row]) => (name === table && row ? [row] : []));
  return {
    registers: of('registers'),
    fields: of('fields'),
    hwcaps: of('hwcaps'),
    'cpuinfo-order': cpuinfoOrder(rows, at),
    'compat-hwcaps': of('compat-hwcaps'),
    'compat-words': of('compat-words'),
    cpucaps: of('cpucaps'),
    errata: of('errata'),
    'core-lists': of('core-lists'),
    'capability-order': capabilityOrderAt(release, rows.order).map((name) => ({ key: name, line: name })),
    overrides: of('overrides'),
    kconfig: of('kconfig'),
    behaviour: [...of('behaviour'), ...effects(rows, at)],
    rules: of('rules'),
  };
}
