import { conditionText, gateText, type Terms } from './condition-text.ts';
import type { Json } from './docs.ts';
import type { TableName } from './flat.ts';

/** What of a row can change over time, by table, in the order in which rows name it. */
const MEMBERS: Readonly<Record<TableName, readonly string[]>> = {
  registers: ['override'],
  fields: ['safe', 'safeValue', 'sign', 'visible', 'strict'],
  hwcaps: ['config', 'when'],
  'compat-hwcaps': ['config', 'when'],
  'cpuinfo-order': [],
  'compat-words': ['value', 'name', 'hole'],
  cpucaps: ['description', 'type', 'config', 'when', 'fixed', 'perCpu'],
  errata: ['description', 'type', 'config', 'when', 'fixed', 'perCpu'],
  'core-lists': [],
  'capability-order': [],
  overrides: ['bits', 'filter', 'expands'],
  kconfig: ['default', 'depends', 'toolchain', 'selects'],
  behaviour: ['value'],
  rules: ['value'],
};

/** A gate as rows have it: an option's name stands for the option being on. */
export function rawGate(gate: Json): Json {
  return gate && typeof gate === 'object' && 'config' in gate && Object.keys(gate).length === 1 ? gate.config : gate;
}

/** A member of a state as rows have it. */
function rawMember(name: string, value: Json): Json {
  return name === 'config' ? rawGate(value) : value;
}

/** What of a state can change, as rows have it. */
export function rawState(table: TableName, state: Json): Json {
  return Object.fromEntries(MEMBERS[table].flatMap((name) => (state[name] === undefined ? [] : [[name, rawMember(name, state[name])]])));
}

/** A member in neutral terms, so that two ways to write the same are the same. */
function neutral(name: string, value: Json, terms: Terms): string {
  if (value === undefined) return '';
  if (name === 'when' || name === 'depends') return conditionText(value, terms);
  if (name === 'config') return gateText(value);
  if (name === 'selects') return [...value].sort().join();
  return JSON.stringify(value);
}

/** What a later state has otherwise than an earlier one; `null` takes a member away. */
export function stateDifference(table: TableName, from: Json, to: Json, terms: Terms): Json {
  const changed = MEMBERS[table].filter((name) => neutral(name, from[name], terms) !== neutral(name, to[name], terms));
  return Object.fromEntries(changed.map((name) => [name, to[name] === undefined ? null : rawMember(name, to[name])]));
}
