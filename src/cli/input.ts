import type { Diagnostic } from '../diagnostic.ts';
import { JsonReader } from '../formats/json-reader.ts';
import { readEnvironment, readKernel } from '../formats/record.ts';
import { parseRegisterDump, type RegisterDump } from '../formats/register-dump.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import type { Machine } from '../silicon/machine.ts';
import { textOf, type Values } from './command.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { printable } from './printable.ts';
import { wrap } from './style.ts';

/** A machine that a person named, with what is known of its kernel. */
export interface Input {
  /** The file's or the machine's name. */
  readonly name: string;
  /** A line that says what it is. */
  readonly title: string;
  readonly machine: Machine;
  readonly kernel?: Kernel;
  readonly environment?: Environment;
  /** Whether something in the file could not be read. */
  readonly damaged: boolean;
}

/** Writes a finding as a line. */
export function formatDiagnostic({ where, severity, message }: Diagnostic): string {
  return printable(`${where === '' ? '' : `${where}: `}${severity === 'error' ? '' : `${severity}: `}${message}`);
}

/** How many findings of a file are printed one by one. */
const SHOWN_FINDINGS = 20;

/** Prints findings to the person, the first ones in full; registers that were taken as zero share one. */
export function warnAll(io: Io, findings: readonly Diagnostic[]): void {
  const assumed = findings.filter(({ code }) => code === 'assumed-zero').map(({ where }) => where);
  if (assumed.length > 0) io.warn(wrap(`note: taken as zero, since the input does not have them: ${assumed.join(', ')}`, io.columns));
  const diagnostics = findings.filter(({ code }) => code !== 'assumed-zero');
  for (const diagnostic of diagnostics.slice(0, SHOWN_FINDINGS)) io.warn(formatDiagnostic(diagnostic));
  const more = diagnostics.length - SHOWN_FINDINGS;
  if (more > 0) io.warn(`… and ${more} more`);
}

async function knownInput(name: string): Promise<Input> {
  const { loadMachine } = await import('../silicon/known-machine.ts');
  const { title, machine, recorded } = await loadMachine(name);
  const known = { name, title, machine, damaged: false };
  if (recorded === undefined) return known;
  const { release, config, cmdline, bootEl, timerHz } = recorded;
  return {
    ...known,
    kernel: { release, config: config as string | KernelConfig, ...(cmdline === undefined ? {} : { cmdline }) },
    environment: { ...(bootEl === undefined ? {} : { bootEl }), ...(timerHz === undefined ? {} : { timerHz }) },
  };
}

async function fileInput(path: string, io: Io): Promise<Input> {
  const { value, diagnostics } = parseRegisterDump(await io.read(path));
  const name = path === '-' ? 'standard input' : path;
  warnAll(io, diagnostics);
  if (value.machine.cpus.length === 0) throw new CommandError(EXIT.badInput, `${name}: no machine could be read`);
  const { machine, kernel, environment }: RegisterDump = value;
  return {
    name,
    title: `${machine.cpus.length} ${machine.cpus.length === 1 ? 'CPU' : 'CPUs'} from ${name}`,
    machine,
    damaged: diagnostics.some(({ severity }) => severity === 'error'),
    ...(kernel === undefined ? {} : { kernel }),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** Finds what a word means: `-` is standard input, else a file, else a known machine. */
export async function inputOf(word: string, io: Io): Promise<Input> {
  if (word === '-') return fileInput(word, io);
  if (await io.exists(word)) return fileInput(word, io);
  if (/[./\\]/.test(word)) throw new CommandError(EXIT.badInput, `${word}: there is no such file`);
  return knownInput(word);
}

/** The machine that a call names by `--machine`, by a file, or on standard input. */
export async function machineInput(word: string | undefined, values: Values, io: Io): Promise<Input> {
  const known = textOf(values, 'machine');
  if (known !== undefined && word !== undefined) throw new CommandError(EXIT.usage, `either ${word} or --machine ${known}, not both`);
  if (known !== undefined) return knownInput(known);
  if (word === undefined && io.stdinIsTerminal) {
    throw new CommandError(EXIT.usage, 'no machine: name a file, - for standard input, or --machine NAME (armlens list machines)');
  }
  return inputOf(word ?? '-', io);
}

/** Whether a call says what a hypervisor does to the machine. */
export function hasGuestOptions(values: Values): boolean {
  return ['mask', 'template', 'set'].some((name) => values[name] !== undefined);
}

/** The machine as a guest gets it, if the call says what a hypervisor does; else the machine itself. */
export async function asGuest(input: Input, values: Values, io: Io): Promise<Input> {
  return hasGuestOptions(values) ? (await import('./guest-options.ts')).guestInput(input, values, io) : input;
}

function parseJsonOption(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(EXIT.usage, `--${name}: expected JSON, got ${text.slice(0, 60)}`);
  }
}

function checked<T>(name: string, read: (reader: JsonReader, found: Diagnostic[]) => T, io: Io): T {
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const value = read(reader, found);
  const problem = reader.problems[0];
  if (problem !== undefined) throw new CommandError(EXIT.usage, `--${name}: ${problem.path}: ${problem.message}`);
  warnAll(io, found);
  return value;
}

/** A kernel from its options over what the input says; `release` may be given apart from `--kernel`. */
export async function kernelOf(
  values: Values,
  io: Io,
  input?: Input,
  release: string | undefined = textOf(values, 'kernel'),
): Promise<Kernel> {
  const config = textOf(values, 'config');
  const cmdline = textOf(values, 'cmdline');
  const own = input?.kernel;
  let chosen = release ?? own?.release;
  if (chosen === undefined) {
    const { NEWEST_RELEASE } = await import('../linux/release/known-trees.ts');
    chosen = NEWEST_RELEASE;
    io.warn(`note: no kernel named; taking the newest known, ${chosen} (--kernel RELEASE chooses)`);
  }
  const raw: Record<string, unknown> = { release: chosen, config: own?.config, cmdline: own?.cmdline };
  if (release !== undefined && release !== own?.release) raw.config = undefined;
  if (config !== undefined) raw.config = config.trimStart().startsWith('{') ? parseJsonOption('config', config) : config;
  if (cmdline !== undefined) raw.cmdline = cmdline;
  return checked('config', (reader, found) => readKernel(reader, raw, found), io);
}

/** The environment from `--env` over what the input says. */
export function environmentOf(values: Values, io: Io, input?: Input): Environment {
  const text = textOf(values, 'env');
  if (text === undefined) return input?.environment ?? {};
  const given = checked('env', (reader, found) => readEnvironment(reader, parseJsonOption('env', text), found), io);
  return { ...input?.environment, ...given };
}
