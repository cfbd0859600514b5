import type { Capture } from '../answers/capture.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type AnswerHead, type Json, kernelJson } from '../formats/json.ts';
import { JsonReader } from '../formats/json-reader.ts';
import { readEnvironment, readKernel } from '../formats/record.ts';
import { given } from '../given.ts';
import { type Environment, LOADED } from '../linux/environment.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import { choicesHint } from '../nearest.ts';
import type { Machine } from '../silicon/machine.ts';
import { UNKNOWN_RELEASE } from '../silicon/seen.ts';
import { textOf, textsOf, type Values } from './command.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { UNLISTED_WORDS } from './options.ts';
import { printable } from './printable.ts';
import type { CaptureInput } from './read-capture.ts';
import { wrap } from './style.ts';

/** A machine that a person named, with what is known of its kernel. */
export interface Input {
  /** The file's or the machine's name. */
  readonly name: string;
  /** A line that says what it is. */
  readonly title: string;
  readonly machine: Machine;
  /** What the input tells of a kernel; it need not name a release. */
  readonly kernel?: Partial<Kernel>;
  /** What is to be said where that kernel is taken, since the input does not name it. */
  readonly kernelNote?: Diagnostic;
  readonly environment?: Environment;
  /** The exception level in {@link environment}, where no recording tells it and the registers suggest it. */
  readonly likelyBootEl?: 1 | 2;
  /** What was read, if it is no machine as it stands but what programs saw of one. */
  readonly seen?: Capture;
  /** Whether something in the file could not be read. */
  readonly damaged: boolean;
}

/** What a JSON answer about a machine begins with. */
export function headOf({ name, title }: Pick<Input, 'name' | 'title'>, kernel?: Kernel): AnswerHead {
  return { subject: { name, title }, kernel: kernel && kernelObject(kernel) };
}

/** Kernels that nothing names: the newest that prints the input's Features line, or the newest known. */
const TAKEN = new WeakMap<Kernel, 'likely' | 'newest'>();

/** A kernel as JSON output holds it, with why it is taken if nothing names it. */
export function kernelObject(kernel: Kernel): Json {
  return { ...(kernelJson(kernel) as object), ...given({ taken: TAKEN.get(kernel) }) };
}

/** Writes a finding as a line. */
export function formatDiagnostic({ where, severity, message }: Diagnostic): string {
  return printable(`${where === '' ? '' : `${where}: `}${severity === 'error' ? '' : `${severity}: `}${message}`);
}

/** What a CLIDR_EL1 of zero brings about, which a real CPU seldom has. */
const NO_CLIDR = 'note: a CLIDR_EL1 of zero lets kernels since 4.20 take CTR_EL0.IDC as set';

/** How many findings of a file are printed one by one. */
const SHOWN_FINDINGS = 20;

/** Prints findings to the person, the first ones in full; registers that were taken as zero share one. */
export function warnAll(io: Io, findings: readonly Diagnostic[]): void {
  const assumed = findings.filter(({ code }) => code === 'assumed-zero').map(({ where }) => where);
  if (assumed.length > 0) io.warn(wrap(`note: taken as zero, since the input does not have them: ${assumed.join(', ')}`, io.columns));
  if (assumed.includes('CLIDR_EL1') && !assumed.includes('CTR_EL0')) io.warn(wrap(NO_CLIDR, io.columns));
  const diagnostics = findings.filter(({ code }) => code !== 'assumed-zero');
  for (const diagnostic of diagnostics.slice(0, SHOWN_FINDINGS)) io.warn(formatDiagnostic(diagnostic));
  const more = diagnostics.length - SHOWN_FINDINGS;
  if (more > 0) io.warn(`… and ${more} more`);
}

function guessedNote(release: string): Diagnostic {
  const message = `the recording does not state its kernel; taking ${release}, which prints its Features line (--kernel RELEASE says another)`;
  return { code: 'likely-release', severity: 'note', where: '', message };
}

async function knownInput(name: string): Promise<Input> {
  const { knownMachine } = await import('../answers/known-machine.ts');
  const { likelyBootEl } = await import('../answers/likely-boot-el.ts');
  const found = await knownMachine(name);
  const { name: own, title, machine, recorded } = found;
  const bootEl = likelyBootEl(found);
  const environment = given({ bootEl, openBootEl: bootEl === undefined ? true : undefined });
  const known = {
    name: own,
    title,
    machine,
    damaged: false,
    environment,
    ...(recorded?.bootEl === undefined && given({ likelyBootEl: bootEl })),
  };
  if (recorded === undefined) return known;
  const { release, config, cmdline, timerHz, guessed } = recorded;
  return {
    ...known,
    ...(guessed && { kernelNote: guessedNote(release) }),
    kernel: { release, config: config as string | KernelConfig, ...given({ cmdline }) },
    environment: { ...environment, ...given({ timerHz }) },
  };
}

/** What is missing in a capture of which no machine can be made. */
const NO_MACHINE = 'no machine could be read: neither ID registers nor a Features line';

async function fileInput(path: string, io: Io, from: string | undefined): Promise<Input> {
  const { readCapture } = await import('./read-capture.ts');
  return capturedInput(path, await readCapture(path, io, from), io);
}

/** What a text names of which something is known, where it tells nothing else. */
async function namedHint(bytes: Uint8Array | undefined): Promise<string> {
  if (bytes === undefined) return '';
  const [{ machineNamedIn }, { decodeText }] = await Promise.all([import('../answers/named-machine.ts'), import('../formats/readers.ts')]);
  const named = machineNamedIn(decodeText(bytes));
  return named === undefined ? '' : `; it names ${printable(named.said)}, and ${named.name} is a machine that armlens knows`;
}

/** The machine of a text that was read. */
export async function capturedInput(path: string, { capture, diagnostics, taken, bytes }: CaptureInput, io: Io): Promise<Input> {
  const { isBootable } = await import('../answers/capture.ts');
  const name = path === '-' ? 'standard input' : path;
  for (const line of taken) io.warn(printable(line));
  warnAll(io, diagnostics);
  const damaged = diagnostics.some(({ severity }) => severity === 'error');
  const { aarch32CoreOf, isOfLog, machineOfCapture } = await import('../answers/machine-of-capture.ts');
  const isListed = isBootable(capture) && !isOfLog(capture);
  const made = await machineOfCapture(capture);
  const isLikely = ({ code }: Diagnostic): boolean => code === 'likely-release';
  warnAll(
    io,
    (made?.diagnostics ?? []).filter((one) => !isLikely(one)),
  );
  const found = made?.value;
  if (found === undefined) {
    const core = aarch32CoreOf(capture);
    if (core !== undefined) throw new CommandError(EXIT.badInput, `${name}: ${core} has no AArch64: no kernel for arm64 runs on it`);
    const hint =
      capture.instructions === undefined
        ? await namedHint(bytes)
        : `; armlens decode ${printable(name)} tells of the instruction that it shows`;
    throw new CommandError(EXIT.badInput, `${name}: ${NO_MACHINE}${hint}`);
  }
  const { machine, kernel, environment } = found;
  return {
    name,
    title: `${machine.cpus.length > 1 ? `${machine.cpus.length} CPUs` : machine.uncounted ? 'A machine' : '1 CPU'} from ${printable(name)}`,
    machine,
    damaged,
    ...given({ kernel, kernelNote: made?.diagnostics.find(isLikely), environment, seen: isListed ? undefined : capture }),
  };
}

/**
 * Finds what a word means: `-` is standard input, else a file or a folder, else a known machine.
 *
 * @param from - The form of the text, where it is not to be recognised.
 */
export async function inputOf(word: string, io: Io, from?: string): Promise<Input> {
  if (word === '-') return fileInput(word, io, from);
  if (await io.exists(word)) return fileInput(word, io, from);
  if (/[./\\]/.test(word)) throw new CommandError(EXIT.badInput, `${word}: there is no such file`);
  return knownInput(word);
}

/** The machine that a call names by `--machine`, by a word, or on standard input, before a hypervisor does anything to it. */
export async function hostInput(words: string | readonly string[] | undefined, values: Values, io: Io): Promise<Input> {
  const [word, ...more] = typeof words === 'string' ? [words] : (words ?? []);
  const known = textOf(values, 'machine');
  if (known !== undefined && word !== undefined) throw new CommandError(EXIT.usage, `either ${word} or --machine ${known}, not both`);
  if (known !== undefined) return asUnlisted(await knownInput(known), values);
  if (word === undefined && io.stdinIsTerminal) {
    throw new CommandError(EXIT.usage, 'which machine? name a known one (armlens list machines), a file, or - for standard input');
  }
  const from = textOf(values, 'from');
  return asUnlisted(more.length === 0 ? await inputOf(word ?? '-', io, from) : await textsInput([word!, ...more], io, from), values);
}

/** The machine that several files and folders tell of together. */
async function textsInput(words: readonly string[], io: Io, from: string | undefined): Promise<Input> {
  for (const word of words)
    if (word !== '-' && !(await io.exists(word)))
      throw new CommandError(
        EXIT.badInput,
        `${word}: there is no such file or folder; several are texts of one machine (armlens compare takes machines)`,
      );
  const { readCapture } = await import('./read-capture.ts');
  return capturedInput(words.join(', '), await readCapture(words, io, from), io);
}

/** The machine as another kernel than its own finds it: a line of which the own one is but likely may be any kernel's. */
export function underOther(input: Input): Input {
  if (input.kernelNote === undefined) return input;
  const seen = input.machine.seen?.map((one) => (one.isLikely ? { ...one, release: UNKNOWN_RELEASE } : one));
  return { ...input, machine: { ...input.machine, ...given({ seen }) } };
}

/** The machine with what the call says of registers that it does not list. */
async function asUnlisted(read: Input, values: Values): Promise<Input> {
  const input = values.kernel === undefined && values.kvm === undefined ? read : underOther(read);
  const word = textOf(values, 'unlisted');
  if (word === undefined) return input;
  if (!UNLISTED_WORDS.includes(word)) {
    throw new CommandError(EXIT.usage, `--unlisted: there is no ${word}${choicesHint(word, UNLISTED_WORDS)}`);
  }
  const { unlisted: _, ...machine } = input.machine;
  if (word === 'zero') return { ...input, machine };
  if (word === 'unknown') return { ...input, machine: { ...machine, unlisted: 'unknown' } };
  const { asUsual } = await import('../answers/usual-hwcaps.ts');
  return { ...input, machine: await asUsual(machine) };
}

/** Whether a call says what a hypervisor does to the machine. */
export function hasGuestOptions(values: Values): boolean {
  return ['kvm', 'vcpu', 'mask', 'template', 'set'].some((name) => values[name] !== undefined);
}

/** The machines that a call names by `--machine`, each time that it is given, and by words; as many as are named. */
export async function hostInputs(words: readonly string[], values: Values, io: Io): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const known of textsOf(values, 'machine')) inputs.push(await asUnlisted(await knownInput(known), values));
  for (const word of words) inputs.push(await asUnlisted(await inputOf(word, io, textOf(values, 'from')), values));
  return inputs;
}

/** The machine that a call names, as the kernel gets it: what the call says that a hypervisor does is done. */
export async function machineInput(words: string | readonly string[] | undefined, values: Values, io: Io): Promise<Input> {
  return asGuest(await hostInput(words, values, io), values, io);
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
  input?: Pick<Input, 'kernel' | 'kernelNote'>,
  release: string | undefined = textOf(values, 'kernel'),
): Promise<Kernel> {
  const config = textOf(values, 'config');
  const cmdline = textOf(values, 'cmdline');
  const own = input?.kernel;
  const told = release ?? own?.release;
  let chosen = told || (await import('../linux/release/known-trees.ts')).NEWEST_RELEASE;
  let taken: 'likely' | 'newest' | undefined = told ? undefined : 'newest';
  let note = input?.kernelNote;
  if (release === undefined && note !== undefined) taken = 'likely';
  const { configUnder, isKnownConfig, newestSeriesWith } = await import('../linux/release/config.ts');
  // A kernel that nothing names is one for which the configuration that somebody names is known.
  const series = taken === undefined || config === undefined || isKnownConfig(config, chosen) ? undefined : newestSeriesWith(config);
  if (series !== undefined) [chosen, taken, note] = [series, 'newest', undefined];
  const what = series === undefined ? `newest known, ${chosen}` : `newest known with the configuration ${config}, ${chosen}`;
  if (taken === 'newest') io.warn(`note: no kernel named; taking the ${what} (--kernel RELEASE chooses)`);
  else if (taken === 'likely') warnAll(io, [note!]);
  const raw: Record<string, unknown> = { release: chosen, config: own && configUnder(own, chosen), cmdline: own?.cmdline };
  if (config !== undefined) raw.config = config.trimStart().startsWith('{') ? parseJsonOption('config', config) : config;
  if (cmdline !== undefined) raw.cmdline = cmdline;
  const kernel = checked('config', (reader, found) => readKernel(reader, raw, found), io);
  if (taken !== undefined) TAKEN.set(kernel, taken);
  return kernel;
}

/** Says of a boot in which it counts that nobody told whether the kernel's addresses are random. */
export function noteKaslr(values: Values, { environment }: Input, io: Io): void {
  if (environment?.kaslr === undefined && !/\bkaslr\b/.test(textOf(values, 'env') ?? ''))
    io.warn(wrap(`note: the boot loader is taken to give a seed for KASLR (--env '{"kaslr":false}' says another)`, io.columns));
}

/**
 * The environment from `--env` over what the input says. A guest starts at EL1, and what nothing says of a file's machine is not known; a
 * boot loader is taken to have given a seed for KASLR.
 */
export function environmentOf(values: Values, io: Io, input?: Pick<Input, 'environment'>): Environment {
  const text = textOf(values, 'env');
  const own = text === undefined ? {} : checked('env', (reader, found) => readEnvironment(reader, parseJsonOption('env', text), found), io);
  if (input === undefined) return own;
  const environment = { ...LOADED, ...input.environment, ...own };
  if (environment.bootEl !== undefined) return environment;
  return hasGuestOptions(values) ? { ...environment, bootEl: 1 } : { openBootEl: true, ...environment };
}
