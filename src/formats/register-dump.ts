import { ALL_BITS } from '../bits/field.ts';
import { formatHex } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { Cpu, Machine, SystemRegisterName } from '../silicon/machine.ts';
import { type JsonObject, JsonReader, type Problem, showJson } from './json-reader.ts';
import { readEnvironment, readKernel } from './record.ts';
import { findRegisterName, nearestRegister, resolveRegisterName } from './register-name.ts';
import { foreignRegister, MAX_CPUS, readCpus } from './register-values.ts';

/** A machine as a file holds it, with what the file says of its boot. */
export interface RegisterDump {
  readonly machine: Machine;
  /** The kernel that the file names, if it names one. */
  readonly kernel?: Kernel;
  readonly environment?: Environment;
}

type Draft = { -readonly [name in SystemRegisterName]?: bigint };

/** `cpu 1`, `CPU1:`, `processor : 1`, `[cpu1]`, `___ Logical CPU #1 ___`. */
const HEADING = /^[\s_#[=-]*(?:logical\s+)?(?:cpu|processor|core)\s*[:=#]?\s*(\d{1,4})\s*[\s_#\]:=-]*$/i;

/** A name, something between, and a value in hexadecimal, with or without `0x`. */
const LINE = /^\s*([A-Za-z]\w{1,63})(?:\s*[:=]\s*|\s+)(?:0x)?([0-9a-f_]+)\s*(?:[#;/(].*)?$/i;

/** A name and 64 binary digits in groups of four. */
const BINARY = /^\s*([A-Za-z]\w{1,63})\s*:\s*((?:[01]{4}[\s-]+){15}[01]{4})\s*$/;

interface Reading {
  /** Set once a register was given bit by bit: such listings explain each field on indented lines, which are passed over. */
  explained: boolean;
  readonly cpus: Draft[];
  readonly diagnostics: Diagnostic[];
}

function currentCpu({ cpus }: Reading): Draft {
  if (cpus.length === 0) cpus.push({});
  return cpus.at(-1)!;
}

function addValue(reading: Reading, text: string, value: bigint, where: string): void {
  const plain = text.replace(/^(?:mrs|arm|sys)_/i, '');
  const name = findRegisterName(plain);
  if (name === undefined) {
    const resolved = resolveRegisterName(plain.toUpperCase());
    const nearest = nearestRegister(plain);
    if (resolved.kind === 'foreign') reading.diagnostics.push(foreignRegister(where, plain, nearest));
    else {
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      reading.diagnostics.push({
        code: 'bad-register-name',
        severity: 'error',
        where,
        message: `${showJson(plain)} is no register name${hint}`,
      });
    }
    return;
  }
  const cpu = currentCpu(reading);
  const before = cpu[name];
  if (before !== undefined && before !== value) {
    const message = `${name} is ${formatHex(before)} already; ${formatHex(value)} is left out (start another CPU with a line "cpu N")`;
    reading.diagnostics.push({ code: 'duplicate-register', severity: 'error', where, message });
  } else cpu[name] = value;
}

function parseValue(digits: string): bigint | undefined {
  const plain = digits.replaceAll('_', '');
  const value = /^[0-9a-f]{1,64}$/i.test(plain) ? BigInt(`0x${plain}`) : undefined;
  return value === undefined || value > ALL_BITS ? undefined : value;
}

function readLine(reading: Reading, line: string, where: string): void {
  if (/^\s*($|[#;]|\/\/)/.test(line) && !HEADING.test(line)) return;
  if (HEADING.test(line)) {
    if (reading.cpus.length < MAX_CPUS) reading.cpus.push({});
    return;
  }
  if (reading.explained && /^\s/.test(line)) return;
  const binary = BINARY.exec(line);
  const match = LINE.exec(line);
  const value = match === null ? undefined : parseValue(match[2]!);
  reading.explained ||= binary !== null;
  if (binary !== null) addValue(reading, binary[1]!, BigInt(`0b${binary[2]!.replace(/[\s-]/g, '')}`), where);
  else if (match !== null && value !== undefined && /_|\d/.test(match[1]!)) addValue(reading, match[1]!, value, where);
  else {
    const message = `expected NAME: 0x… with at most 16 hex digits, got ${showJson(line.trim())}`;
    reading.diagnostics.push({ code: 'bad-line', severity: 'error', where, message });
  }
}

function parseLines(text: string): Parsed<RegisterDump> {
  const reading: Reading = { explained: false, cpus: [], diagnostics: [] };
  for (const [i, line] of text.split(/\r?\n/).entries()) readLine(reading, line, `line ${i + 1}`);
  const cpus: Cpu[] = reading.cpus.filter((cpu) => Object.keys(cpu).length > 0).map((registers) => ({ registers }));
  return { value: { machine: { cpus } }, diagnostics: reading.diagnostics };
}

function problemDiagnostics(problems: readonly Problem[]): Diagnostic[] {
  return problems.map(({ path, message }) => ({ code: 'bad-value', severity: 'error', where: path, message }));
}

/** What a file of a known machine says of the kernel under which it was recorded. */
function fromRecording(recorded: JsonObject): JsonObject {
  const { release, config, cmdline, bootEl, timerHz } = recorded;
  return { kernel: { release, config, cmdline }, environment: { bootEl, timerHz } };
}

function parseObject(value: JsonObject): Parsed<RegisterDump> {
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const whole = Object.hasOwn(value, 'cpus') ? value : { cpus: [Object.hasOwn(value, 'registers') ? value : { registers: value }] };
  const recorded = whole.recorded;
  const context = typeof recorded === 'object' && recorded !== null ? { ...fromRecording(recorded as JsonObject), ...whole } : whole;
  const machine = readCpus(reader, context.cpus, found);
  const kernel = context.kernel === undefined ? undefined : readKernel(reader, context.kernel, found);
  const environment = context.environment === undefined ? undefined : readEnvironment(reader, context.environment, found);
  return {
    value: { machine, ...(kernel === undefined ? {} : { kernel }), ...(environment === undefined ? {} : { environment }) },
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

/**
 * Reads the registers of a machine from a file: JSON (an object with `cpus`, an array of CPUs, or the registers of one CPU by name),
 * or text with a register a line (`NAME: 0x…`, `NAME = 0x…`, `NAME 0x…`, `S3_0_C0_C4_0 0x…`; bits in groups of four are read too),
 * several CPUs separated by lines such as `cpu 1` or `processor : 1`.
 *
 * @returns A machine without CPUs if nothing could be read; a diagnostic says why.
 */
export function parseRegisterDump(text: string): Parsed<RegisterDump> {
  const plain = text.replace(/^\ufeff/, '');
  const parsed = /^\s*[{[]\s*["{\]}]/.test(plain) ? parseJson(plain) : parseLines(plain);
  if (parsed.value.machine.cpus.length > 0 || parsed.diagnostics.some(({ severity }) => severity === 'error')) return parsed;
  const nothing = { code: 'no-registers', severity: 'error', where: 'file', message: 'the text has no registers' } as const;
  return { value: parsed.value, diagnostics: [...parsed.diagnostics, nothing] };
}

/** Writes a machine as text, a register a line. */
export function formatRegisterDump({ cpus }: Machine): string {
  const block = ({ registers }: Cpu, i: number): string =>
    [...(cpus.length > 1 ? [`cpu ${i}`] : []), ...Object.entries(registers).map(([name, value]) => `${name}: ${formatHex(value)}`)]
      .map((line) => `${line}\n`)
      .join('');
  return cpus.map(block).join('\n');
}
