import { machineOfEvidence } from '../answers/evidence.ts';
import { formatHex } from '../bits/hex.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Environment, SmcccAnswers } from '../linux/environment.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import type { Machine } from '../silicon/machine.ts';
import { readEvidence } from './evidence-text.ts';
import { type JsonObject, JsonReader, joinPath, type Problem } from './json-reader.ts';
import { readCpus, unknownKeys } from './register-values.ts';

/** What a record may be called; `null` if it has no name. */
export type RecordId = string | number | null;

/** One question to `derive`: boot this machine with this kernel in this environment. */
export interface BootRecord {
  readonly id: RecordId;
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly environment: Environment;
}

/** Why a line gives no record. */
export interface RecordError {
  /** `bad-json`, `bad-record`, `line-too-long`, or the code of an `ArmlensError`. */
  readonly code: string;
  readonly message: string;
}

/** A record with its findings, or what is wrong with the line. */
export type ParsedRecord =
  | { readonly id: RecordId; readonly record: BootRecord; readonly diagnostics: readonly Diagnostic[] }
  | { readonly id: RecordId; readonly error: RecordError };

/** How many problems of one line are told. */
const SHOWN_PROBLEMS = 5;

/** Why a line gives no record, from what is wrong in it. */
export function errorOf(problems: readonly Problem[]): RecordError {
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const more = problems.length - shown.length;
  return { code: 'bad-record', message: shown.join('; ') + (more > 0 ? `; and ${more} more` : '') };
}

/** Finds the id of a line that is no JSON, if the line starts with it. */
export function glimpseId(line: string): RecordId {
  const match = /^\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.){0,200}"|-?\d{1,15}(?![\d.eE]))/.exec(line.slice(0, 512));
  try {
    return match === null ? null : (JSON.parse(match[1]!) as string | number);
  } catch {
    return null;
  }
}

/** Whether a value can be the id of a record. */
export function isId(value: unknown): value is RecordId {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function readConfig(reader: JsonReader, value: unknown, found: Diagnostic[]): string | KernelConfig | undefined {
  if (value === undefined || typeof value === 'string') return value;
  const options = reader.object('kernel.config', value);
  if (options === undefined) return undefined;
  const config: Record<string, string> = {};
  for (const [option, setting] of Object.entries(options)) {
    const path = joinPath('kernel.config', option);
    if (typeof setting !== 'string') reader.fail(path, 'a string such as "y", "n" or "250"', setting);
    else if (option === 'base' || /^CONFIG_\w+$/.test(option)) config[option] = setting;
    else found.push(...unknownKeys('kernel.config', { [option]: setting }, ['base', 'CONFIG_…']));
  }
  return config;
}

/** Reads a kernel from JSON: `release`, and any of `config`, `cmdline`. */
export function readKernel(reader: JsonReader, value: unknown, found: Diagnostic[]): Kernel {
  const kernel = reader.object('kernel', value);
  if (kernel === undefined) return { release: '' };
  found.push(...unknownKeys('kernel', kernel, ['release', 'config', 'cmdline']));
  if (typeof kernel.release !== 'string') reader.fail('kernel.release', 'a kernel release such as "6.12.107"', kernel.release);
  const config = readConfig(reader, kernel.config, found);
  const cmdline = reader.text('kernel.cmdline', kernel.cmdline);
  return {
    release: typeof kernel.release === 'string' ? kernel.release : '',
    ...given({ config, cmdline }),
  };
}

const WORKAROUNDS = ['workaround1', 'workaround2', 'workaround3'] as const;

function readSmccc(reader: JsonReader, value: unknown, found: Diagnostic[]): SmcccAnswers | undefined {
  if (value === undefined) return undefined;
  const path = 'environment.smccc';
  const smccc = reader.object(path, value);
  if (smccc === undefined) return undefined;
  found.push(...unknownKeys(path, smccc, ['version', ...WORKAROUNDS]));
  const answers: { -readonly [key in keyof SmcccAnswers]: SmcccAnswers[key] } = {
    version: reader.word(`${path}.version`, smccc.version) ?? 0n,
  };
  for (const name of WORKAROUNDS) {
    const answer = smccc[name] === undefined ? undefined : reader.word(`${path}.${name}`, smccc[name]);
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
}

/** The largest frequency that CNTFRQ_EL0 can hold. */
const MAX_TIMER_HZ = 0xffff_ffff;
const FLAGS = ['openBootEl', 'openSmccc', 'nvhe', 'kaslr', 'eventStream'] as const;

function readBootEl(reader: JsonReader, value: unknown): 1 | 2 | undefined {
  return value === undefined || value === 1 || value === 2 ? value : reader.fail('environment.bootEl', '1 or 2', value);
}

/** Reads an environment from JSON: an object with any of `bootEl`, `timerHz`, `nvhe`, `kaslr`, `eventStream`, `smccc`. */
export function readEnvironment(reader: JsonReader, value: unknown, found: Diagnostic[]): Environment {
  if (value === undefined) return {};
  const given = reader.object('environment', value);
  if (given === undefined) return {};
  found.push(...unknownKeys('environment', given, ['bootEl', 'timerHz', 'smccc', ...FLAGS]));
  const environment: { -readonly [key in keyof Environment]: Environment[key] } = {};
  const bootEl = readBootEl(reader, given.bootEl);
  const timerHz = reader.integer('environment.timerHz', given.timerHz, 0, MAX_TIMER_HZ);
  const smccc = readSmccc(reader, given.smccc, found);
  if (bootEl !== undefined) environment.bootEl = bootEl;
  if (timerHz !== undefined) environment.timerHz = timerHz;
  if (smccc !== undefined) environment.smccc = smccc;
  for (const name of FLAGS) {
    const flag = reader.flag(`environment.${name}`, given[name]);
    if (flag !== undefined) environment[name] = flag;
  }
  return environment;
}

function readTexts(reader: JsonReader, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string')) return value as string[];
  return reader.fail('texts', 'an array of texts, such as a /proc/cpuinfo or a log', value);
}

/** The machine of a record: what is listed, and what texts say of it. */
function machineOf(listed: Machine | undefined, texts: readonly string[] | undefined): Machine {
  return texts === undefined ? (listed ?? { cpus: [] }) : machineOfEvidence(texts.map(readEvidence), listed);
}

/** What a register is that no CPU lists: unknown, unless the record says that it is zero, which is what a machine means by itself. */
export function readUnlisted(reader: JsonReader, value: unknown): 'unknown' | undefined {
  if (value === 'zero') return undefined;
  if (value !== undefined && value !== 'unknown') reader.fail('unlisted', '"zero" or "unknown"', value);
  return 'unknown';
}

function readRecord(value: unknown, id: RecordId, hasBadId: boolean): ParsedRecord {
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const top: JsonObject = reader.object('', value) ?? {};
  if (reader.problems.length > 0) return { id, error: errorOf(reader.problems) };
  if (hasBadId) reader.fail('id', 'a string or a number', top.id);
  const kernel = readKernel(reader, top.kernel, found);
  const unlisted = readUnlisted(reader, top.unlisted);
  const texts = readTexts(reader, top.texts);
  const listed = top.cpus === undefined && texts !== undefined ? undefined : readCpus(reader, top.cpus, found);
  const machine = machineOf(listed && { ...listed, ...given({ unlisted }) }, texts);
  const environment = readEnvironment(reader, top.environment, found);
  if (reader.problems.length > 0) return { id, error: errorOf(reader.problems) };
  return { id, record: { id, machine, kernel, environment }, diagnostics: found };
}

/**
 * Reads one line of a stream of records. Keys that are not of the contract are ignored at the top and reported further in.
 *
 * @returns The record, or the reason why there is none; with the id in both cases if it can be read.
 *
 * @example
 * ```js
 * parseRecord('{"id":"a","kernel":{"release":"6.12"},"cpus":[{"registers":{"MIDR_EL1":"0x410fd083"}}]}').record.machine.cpus[0].registers.MIDR_EL1 // → 0x410fd083n
 * ```
 */
export function parseRecord(line: string): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/[^\x20-\x7e]+/g, ' ') : 'unreadable';
    return { id: glimpseId(line), error: { code: 'bad-json', message: `the line is no JSON: ${reason.slice(0, 160)}` } };
  }
  const id = typeof value === 'object' && value !== null && Object.hasOwn(value, 'id') ? (value as { id: unknown }).id : null;
  return readRecord(value, isId(id) ? id : null, !isId(id));
}

function cpuObject({ registers, ...rest }: Machine['cpus'][number]): object {
  return { registers: Object.fromEntries(Object.entries(registers).map(([name, value]) => [name, formatHex(value)])), ...rest };
}

function environmentObject({ smccc, ...rest }: Environment): object {
  return smccc === undefined
    ? rest
    : { ...rest, smccc: Object.fromEntries(Object.entries(smccc).map(([name, value]) => [name, formatHex(value as bigint)])) };
}

/**
 * Writes a record as one line, without the line feed.
 *
 * @example
 * ```js
 * JSON.parse(formatRecord({ id: 'a', machine: { cpus: [] }, kernel: { release: '6.12' }, environment: {} })).kernel.release // → '6.12'
 * ```
 */
export function formatRecord({ id, machine, kernel, environment }: BootRecord): string {
  const { cpus, unlisted = 'zero' } = machine;
  return JSON.stringify({ id, unlisted, kernel, cpus: cpus.map(cpuObject), environment: environmentObject(environment) });
}
