import { formatHex } from '../bits/hex.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { HwcapSet, System } from '../linux/system.ts';
import { cpuinfoView } from '../process/cpuinfo.ts';
import { el0Open, el0View, type MrsResult } from '../process/mrs.ts';
import { formatCpuinfo } from './cpuinfo.ts';
import { formatFeatureLog, formatOpenLog } from './kernel-log.ts';
import type { RecordError, RecordId } from './record.ts';

/** A part of a result, in the order in which a line has them. */
export type ResultField = (typeof RESULT_FIELDS)[number];

/** Every part that `--fields` can select. */
export const RESULT_FIELDS = [
  'hwcaps',
  'compat',
  'online',
  'sanitised',
  'user',
  'cpucaps',
  'log',
  'cpuinfo',
  'tainted',
  'panic',
  'fidelity',
  'diagnostics',
] as const;

function hwcapObject({ words, names }: HwcapSet): object {
  return { words: words.map(formatHex), names };
}

function userObject(system: System): object {
  return Object.fromEntries([...el0View(system)].map(([name, value]) => [name, value === 'SIGILL' ? value : formatHex(value)]));
}

function partOf(field: ResultField, system: System, diagnostics: readonly Diagnostic[]): unknown {
  switch (field) {
    case 'hwcaps':
      return hwcapObject(system.hwcaps);
    case 'compat':
      return hwcapObject(system.compat);
    case 'online':
      return system.online;
    case 'sanitised':
      return Object.fromEntries([...system.registers].map(([name, { value }]) => [name, formatHex(value)]));
    case 'user':
      return userObject(system);
    case 'cpucaps':
      return system.cpucaps;
    case 'cpuinfo':
      return formatCpuinfo(cpuinfoView(system));
    case 'log':
      return formatFeatureLog(system);
    case 'tainted':
      return system.tainted;
    case 'panic':
      return system.panic;
    case 'fidelity':
      return system.fidelity;
    case 'diagnostics':
      return [...diagnostics, ...system.diagnostics];
  }
}

function masks(open: Iterable<readonly [string, bigint]>): object | undefined {
  const found = [...open].filter(([, mask]) => mask !== 0n).map(([name, mask]) => [name, formatHex(mask)]);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** What is open of some parts, as the contract of `derive --ndjson` has it; `undefined` where nothing is. */
export function unknownObject(system: System, fields: readonly ResultField[] = RESULT_FIELDS): object | undefined {
  const { unknown, uncounted } = system;
  if (unknown === undefined) return undefined;
  const { registers, hwcaps, compat, cpucaps, online, panic, tainted } = unknown;
  const parts: Partial<Record<ResultField, () => unknown>> = {
    hwcaps: () => hwcaps,
    compat: () => compat,
    cpucaps: () => cpucaps,
    online: () => online,
    panic: () => panic,
    tainted: () => tainted,
    user: () => masks(el0Open(system)),
    sanitised: () => masks([...(registers ?? [])].map(([name, { value }]) => [name, value])),
    log: () => {
      const lines = formatOpenLog(system);
      return lines.length === 0 ? undefined : lines;
    },
  };
  const found = given({
    ...Object.fromEntries(
      Object.entries(parts).map(([field, part]) => [field, fields.includes(field as ResultField) ? part() : undefined]),
    ),
    uncounted: fields.includes('online') ? uncounted : undefined,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

/**
 * A system as the plain object that JSON output holds: 64-bit values are `0x` texts. If `fidelity` is `bounded`, `doubts` follows
 * it.
 *
 * @param diagnostics - Findings from before the boot; the system's own follow them.
 * @param fields - The parts to hold; by default all.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * resultObject(boot(machine, { release: '6.8' }), [], ['online']) // → { online: [0, 1, 2, 3] }
 * ```
 */
export function resultObject(
  system: System,
  diagnostics: readonly Diagnostic[],
  fields: readonly ResultField[] = RESULT_FIELDS,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const field of RESULT_FIELDS) {
    if (!fields.includes(field)) continue;
    result[field] = partOf(field, system, diagnostics);
    if (field === 'fidelity' && system.doubts.length > 0) result.doubts = system.doubts;
  }
  const unknown = unknownObject(system, fields);
  if (unknown !== undefined) result.unknown = unknown;
  return result;
}

/** Register values by name as JSON. Neither names nor values have anything that JSON would escape. */
function wordsText(words: Iterable<readonly [string, MrsResult]>): string {
  let text = '';
  for (const [name, value] of words) text += `${text === '' ? '' : ','}"${name}":"${value === 'SIGILL' ? value : formatHex(value)}"`;
  return `{${text}}`;
}

/** A part as JSON: the same as that of {@link partOf}, without the objects of hundreds of registers. */
function partText(field: ResultField, system: System, diagnostics: readonly Diagnostic[]): string {
  if (field === 'user') return wordsText(el0View(system));
  if (field === 'sanitised') return wordsText([...system.registers].map(([name, { value }]) => [name, value] as const));
  return JSON.stringify(partOf(field, system, diagnostics));
}

/**
 * Writes a result as one line, without the line feed: the `id`, then what {@link resultObject} holds.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * formatResult('a', boot(machine, { release: '6.8' }), [], ['online']) // → '{"id":"a","online":[0,1,2,3]}'
 * ```
 */
export function formatResult(
  id: RecordId,
  system: System,
  diagnostics: readonly Diagnostic[],
  fields: readonly ResultField[] = RESULT_FIELDS,
): string {
  let text = `{"id":${JSON.stringify(id)}`;
  for (const field of RESULT_FIELDS) {
    if (!fields.includes(field)) continue;
    text += `,"${field}":${partText(field, system, diagnostics)}`;
    if (field === 'fidelity' && system.doubts.length > 0) text += `,"doubts":${JSON.stringify(system.doubts)}`;
  }
  const unknown = unknownObject(system, fields);
  return `${text}${unknown === undefined ? '' : `,"unknown":${JSON.stringify(unknown)}`}}`;
}

/**
 * Writes what stands in the place of a result that could not be had.
 *
 * @example
 * ```js
 * formatRecordError('a', { code: 'bad-json', message: 'no JSON' }) // → '{"id":"a","error":{"code":"bad-json","message":"no JSON"}}'
 * ```
 */
export function formatRecordError(id: RecordId, error: RecordError): string {
  return JSON.stringify({ id, error });
}
