import type { CapturedHwcaps } from '../answers/capture.ts';
import { formatHex } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { type Cpu, listedMachine, type Machine } from '../silicon/machine.ts';
import { type JsonObject, JsonReader, type Problem } from './json-reader.ts';
import { lineShare } from './line-account.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { readEnvironment, readKernel, readUnlisted } from './record.ts';
import { readRegisterLines, registerLineKind } from './register-text.ts';
import { readCpus } from './register-values.ts';

/** A machine as a file holds it, with what the file says of its boot. */
export interface RegisterDump {
  readonly machine: Machine;
  /** The kernel that the file names, if it names one. */
  readonly kernel?: Kernel;
  readonly environment?: Environment;
  /** What a recording in the file says that the kernel printed. */
  readonly hwcaps?: CapturedHwcaps;
}

function problemDiagnostics(problems: readonly Problem[]): Diagnostic[] {
  return problems.map(({ path, message }) => ({ code: 'bad-value', severity: 'error', where: path, message }));
}

/** What a file of a known machine says of the kernel under which it was recorded. */
function fromRecording(recorded: JsonObject): JsonObject {
  const { release, config, cmdline, bootEl, timerHz } = recorded;
  return { kernel: { release, config, cmdline }, environment: { bootEl, timerHz } };
}

/** The Features line and the hwcap words of a recording. */
function recordedHwcaps(reader: JsonReader, recorded: unknown): CapturedHwcaps | undefined {
  if (typeof recorded !== 'object' || recorded === null) return undefined;
  const { features, words } = recorded as JsonObject;
  const names = typeof features === 'string' ? features.split(/\s+/).filter(Boolean) : undefined;
  const read = Array.isArray(words) ? words.slice(0, 3).map((word, i) => reader.word(`recorded.words[${i}]`, word)) : undefined;
  const whole = read?.filter((word) => word !== undefined);
  if (names === undefined && whole === undefined) return undefined;
  return {
    ...given({ names }),
    ...(whole === undefined || whole.length < (read?.length ?? 0) ? {} : { words: whole }),
  };
}

/** A machine with what the file says of registers that it does not list: they are unknown unless it says that they are zero. */
function withUnlisted({ cpus }: Machine, unlisted: 'unknown' | undefined): Machine {
  return unlisted === undefined ? { cpus } : listedMachine(cpus);
}

function parseObject(value: JsonObject): Parsed<RegisterDump> {
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const whole = Object.hasOwn(value, 'cpus') ? value : { cpus: [Object.hasOwn(value, 'registers') ? value : { registers: value }] };
  const recorded = whole.recorded;
  const context = typeof recorded === 'object' && recorded !== null ? { ...fromRecording(recorded as JsonObject), ...whole } : whole;
  const machine = withUnlisted(readCpus(reader, context.cpus, found), readUnlisted(reader, whole.unlisted));
  const kernel = context.kernel === undefined ? undefined : readKernel(reader, context.kernel, found);
  const environment = context.environment === undefined ? undefined : readEnvironment(reader, context.environment, found);
  const hwcaps = recordedHwcaps(reader, recorded);
  return {
    value: {
      machine,
      ...given({ hwcaps, kernel, environment }),
    },
    diagnostics: [...problemDiagnostics(reader.problems), ...found],
  };
}

function parseJson(text: string): Parsed<RegisterDump> {
  try {
    const value: unknown = JSON.parse(text);
    return parseObject(Array.isArray(value) ? { cpus: value } : (value as JsonObject));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 160) : '';
    const diagnostic = { code: 'bad-json', severity: 'error', where: 'file', message: `the text is no JSON: ${reason}` } as const;
    return { value: { machine: { cpus: [] } }, diagnostics: [diagnostic] };
  }
}

const NO_REGISTERS: Diagnostic = { code: 'no-registers', severity: 'error', where: 'file', message: 'the text has no registers' };

function isJson(text: string): boolean {
  return /^\ufeff?\s*[{[]\s*["{\]}]/.test(text.slice(0, 1000));
}

function readDump(text: string): Parsed<RegisterDump> & Pick<ReadCapture, 'lines'> {
  if (isJson(text)) return parseJson(text.replace(/^\ufeff/, ''));
  const { cpus, unlisted, account } = readRegisterLines(text);
  return { value: { machine: withUnlisted({ cpus }, unlisted) }, diagnostics: account.diagnostics, lines: account.lines };
}

/**
 * Reads the registers of a machine from a file: JSON (an object with `cpus`, an array of CPUs, or the registers of one CPU by name),
 * or text with a register a line (`NAME: 0x…`, `NAME = 0x…`, `NAME 0x…`, `S3_0_C0_C4_0 0x…`; bits in groups of four are read too),
 * several CPUs separated by lines such as `cpu 1` or `processor : 1`.
 * A register that is not listed is unknown, unless the JSON has `"unlisted": "zero"`, the text a line `unlisted: zero`.
 *
 * @returns A machine without CPUs if nothing could be read; a diagnostic says why.
 *
 * @example
 * ```js
 * parseRegisterDump('MIDR_EL1: 0x410fd083\n').value.machine.cpus[0].registers.MIDR_EL1 // → 0x410fd083n
 * ```
 */
export function parseRegisterDump(text: string): Parsed<RegisterDump> {
  const { value, diagnostics } = readDump(text);
  const told = value.machine.cpus.length > 0 || diagnostics.some(({ severity }) => severity === 'error');
  return { value, diagnostics: told ? diagnostics : [...diagnostics, NO_REGISTERS] };
}

/** Whether JSON has armlens' own form, which no other tool writes. */
export function isOwnForm(head: string): boolean {
  return /"cpus"\s*:\s*\[\s*\{[^{}]{0,200}"registers"\s*:/.test(head);
}

function recognise(head: string): number {
  if (isJson(head) && isOwnForm(head)) return 1;
  if (isJson(head)) return /"registers"\s*:|"(?:ID_AA64\w{4,9}_EL1|MIDR_EL1|S3_0_C0_C\d)/i.test(head) ? 0.8 : 0;
  const share = lineShare(head, (line) => registerLineKind(line));
  const registers = share('register');
  if (registers === 0) return 0;
  // Listings bit by bit have a dozen lines of explanation for each register.
  if (/^\w+:(?: +[01]{4}){8} - /m.test(head)) return 0.9;
  const part = registers + share('heading') + share('remark');
  return /^arm_\w+=/m.test(head) ? 0.5 * part : part === 1 ? 0.98 : 0.3 + 0.6 * part;
}

/** Registers as people write them, a line each, or as JSON. */
export const registerDumpReader: Reader = {
  name: 'registers',
  title: 'a register dump',
  recognise,
  read(text) {
    const { value, diagnostics, lines } = readDump(text);
    const { machine, ...rest } = value;
    const found = machine.cpus.length > 0 ? { machine, ...rest } : rest;
    return { value: found, diagnostics, ...given({ lines }) };
  },
};

/**
 * Writes a machine as text, a register a line; first, where registers that are not listed read as zero, a line that says so.
 *
 * @example
 * ```js
 * formatRegisterDump({ cpus: [{ registers: { MIDR_EL1: 0x410fd083n } }] }).includes('0x00000000410fd083') // → true
 * ```
 */
export function formatRegisterDump({ cpus, unlisted }: Machine): string {
  const block = ({ registers }: Cpu, i: number): string =>
    [...(cpus.length > 1 ? [`cpu ${i}`] : []), ...Object.entries(registers).map(([name, value]) => `${name}: ${formatHex(value)}`)]
      .map((line) => `${line}\n`)
      .join('');
  const text = cpus.map(block).join('\n');
  return unlisted === 'unknown' || text === '' ? text : `unlisted: zero\n${text}`;
}
