import { type AuditedRecord, Auditor, summariseAudit } from '../answers/audit.ts';
import { tellsOfCpus } from '../answers/capture.ts';
import { checkCapture } from '../answers/check-capture.ts';
import { mergeCaptures } from '../answers/merge-captures.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { auditObject, formatAuditCsv } from '../formats/audit-table.ts';
import { formatAnswer } from '../formats/json.ts';
import { type ReadResult, readAny } from '../formats/read-any.ts';
import type { Capture, Reader } from '../formats/reader.ts';
import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';
import { configUnder } from '../linux/release/config.ts';
import { AlikeLines, namedLine } from './alike-lines.ts';
import { type Call, type Command, textOf } from './command.ts';
import { kernelOf, warnAll } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { lineAt, splitBlocks } from './lines.ts';
import { CONFIG_OPTION, FROM_OPTION, JSON_OPTION, KERNEL_OPTION } from './options.ts';
import { printAudit } from './print-audit.ts';
import { printable } from './printable.ts';

/** A text that was read, before it is known whether others belong to the same machine. */
interface Piece {
  readonly path: string;
  readonly format: string;
  readonly capture: Capture;
}

/** A machine to audit. */
interface MachineRecord {
  readonly name: string;
  readonly formats: readonly string[];
  readonly capture: Capture;
}

/** A file of which the form is less certain than this is left out. */
const SURE = 0.5;
/** A form that is as certain as this is not compared with others. */
const CERTAIN = 0.95;

/** The folder of a path. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Several forms of one machine lie in a folder of their own; several records of one form are several machines. */
function recordsOf(pieces: readonly Piece[], merging: boolean): readonly MachineRecord[] {
  const alone = ({ path, format, capture }: Piece): MachineRecord => ({ name: path, formats: [format], capture });
  const folders = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const folder = folderOf(piece.path);
    const inside = folders.get(folder);
    if (inside === undefined) folders.set(folder, [piece]);
    else inside.push(piece);
  }
  return [...folders].flatMap(([folder, inside]) => {
    const formats = inside.map(({ format }) => format);
    if (!merging || inside.length < 2 || new Set(formats).size < inside.length) return inside.map(alone);
    const { value, diagnostics } = mergeCaptures(inside.map(({ path, capture }) => ({ source: path, capture })));
    // Texts that name different cores lie in one folder by chance.
    const apart =
      checkCapture(value).some(({ code }) => code === 'midr-differs') || diagnostics.some(({ message }) => message.startsWith('MIDR_EL1'));
    return apart ? inside.map(alone) : [{ name: folder, formats, capture: value }];
  });
}

class Reading {
  readonly pieces: Piece[] = [];
  /** The lines of streams, which are machines of their own. */
  readonly lines: AuditedRecord[] = [];
  readonly leftOut: string[] = [];
  readonly auditor = new Auditor();
  readonly #io: Io;
  readonly #from: string | undefined;
  readonly #kernel: Partial<Kernel>;
  readonly #alike = new AlikeLines<ReadResult>();
  /** Captures with the kernel that was stated. */
  readonly #statedOf = new WeakMap<Capture, Capture>();

  constructor(io: Io, from: string | undefined, kernel: Partial<Kernel>) {
    this.#io = io;
    this.#from = from;
    this.#kernel = kernel;
  }

  /** A capture with the kernel that was stated over the one that it names. */
  #stated(capture: Capture): Capture {
    if (Object.keys(this.#kernel).length === 0) return capture;
    const before = this.#statedOf.get(capture);
    if (before !== undefined) return before;
    const { release = capture.kernel?.release ?? '' } = this.#kernel;
    const config = capture.kernel && configUnder(capture.kernel, release);
    const { config: _, ...own } = capture.kernel ?? {};
    const stated = { ...capture, kernel: { ...own, ...given({ config }), ...this.#kernel } };
    this.#statedOf.set(capture, stated);
    return stated;
  }

  /** What was read, unless nothing of a machine was. */
  #pieceOf(path: string, { recognition, value, diagnostics }: ReadResult): Piece | undefined {
    const empty = !tellsOfCpus(value);
    if (recognition === undefined || recognition.confidence < SURE || empty) {
      this.leftOut.push(path);
      return undefined;
    }
    const errors: Diagnostic[] = diagnostics
      .filter(({ severity, code }) => severity === 'error' || code === 'emulated-programs')
      .map((one) => ({ ...one, where: `${path}, ${one.where}` }));
    if (errors.length > 0) warnAll(this.#io, errors.slice(0, 3));
    return { path, format: recognition.reader.name, capture: this.#stated(value) };
  }

  async file(path: string): Promise<void> {
    try {
      await (path.endsWith('.ndjson') ? this.#stream(path) : this.#whole(path));
    } catch (cause) {
      if (!(cause instanceof CommandError)) throw cause;
      this.leftOut.push(path);
    }
  }

  async #whole(path: string): Promise<void> {
    const bytes = await this.#io.readBytes(path);
    if (bytes === undefined) return;
    const piece = this.#pieceOf(path, await readAny(bytes, given({ from: this.#from })));
    if (piece) this.pieces.push(piece);
  }

  /** A file with a machine on each line, read in bounded memory. One line alone may belong to other texts of its folder. */
  async #stream(path: string): Promise<void> {
    let only: Piece | undefined;
    let count = 0;
    for await (const piece of this.#linePieces(path)) {
      count++;
      if (count === 1) {
        only = piece;
        continue;
      }
      if (only) await this.#auditLine(only);
      only = undefined;
      await this.#auditLine(piece);
    }
    if (only) this.pieces.push(only);
  }

  async #auditLine({ path, format, capture }: Piece): Promise<void> {
    this.lines.push(await this.auditor.audit(path, [format], capture));
  }

  /** Reads a line, or has read one that is equal but for the id. */
  async #readLine(text: string, likely: Reader | undefined): Promise<ReadResult> {
    const named = namedLine(text);
    const before = named && this.#alike.get(named);
    if (before !== undefined) return before;
    // Most lines are of the form of the one before.
    const from = this.#from ?? (likely !== undefined && likely.recognise(text) >= CERTAIN ? likely.name : undefined);
    const result = await readAny(text, given({ from }));
    if (named !== undefined && !tellsName(result, named.id)) this.#alike.keep(named, result, text.length);
    return result;
  }

  async *#linePieces(path: string): AsyncGenerator<Piece> {
    let likely: Reader | undefined;
    let number = 0;
    for await (const block of splitBlocks(this.#io.stream(path))) {
      if ('tooLong' in block) {
        this.leftOut.push(`${path}:${++number}`);
        continue;
      }
      for (let at = 0; at < block.bytes.length; ) {
        const { line, next } = lineAt(block.bytes, at, ++number);
        at = next;
        const text = 'text' in line ? line.text.replace(/^\ufeff/, '') : '';
        if (text.trim() === '') continue;
        const result = await this.#readLine(text, likely);
        likely = result.recognition?.reader;
        const piece = this.#pieceOf(`${path}:${number}`, result);
        if (piece) yield piece;
      }
    }
  }
}

/** Whether what was read of a line has its id in it. */
function tellsName({ value: { name, title } }: ReadResult, id: string): boolean {
  return [name, title].some((text) => text?.includes(id.replaceAll('"', '')));
}

/** Every file that the words name, folders with what is below them. */
async function pathsOf(words: readonly string[], io: Io): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const word of words) {
    if (word !== '-' && !(await io.exists(word))) throw new CommandError(EXIT.badInput, `${word}: there is no such file or folder`);
    paths.push(...((word === '-' ? undefined : await io.listFiles(word)) ?? [word]));
  }
  return paths;
}

/** The kernel that the call says all machines ran; a release is one that is known. */
async function statedKernel({ values, io }: Call): Promise<Partial<Kernel>> {
  const [release, config] = [textOf(values, 'kernel'), textOf(values, 'config')];
  if (release === undefined && config === undefined) return {};
  const { NEWEST_RELEASE } = await import('../linux/release/known-trees.ts');
  const kernel = await kernelOf(values, io, undefined, release ?? NEWEST_RELEASE);
  return { ...given({ release }), ...(config === undefined ? {} : given({ config: kernel.config })) };
}

async function auditAll(paths: readonly string[], call: Call): Promise<readonly AuditedRecord[]> {
  const { values, io } = call;
  const stated = await statedKernel(call);
  const reading = new Reading(io, textOf(values, 'from'), stated);
  const bar = await io.steps(paths.length * 2);
  let done = 0;
  const records: AuditedRecord[] = [];
  try {
    for (const path of paths) {
      await reading.file(path);
      bar?.update(++done);
    }
    const machines = recordsOf(reading.pieces, values.each !== true);
    for (const line of reading.lines) records.push(line);
    for (const [i, { name, formats, capture }] of machines.entries()) {
      records.push(await reading.auditor.audit(name, formats, capture));
      bar?.update(done + Math.round(((i + 1) * paths.length) / machines.length));
    }
  } finally {
    bar?.stop();
  }
  if (reading.leftOut.length > 0) {
    const shown = reading.leftOut.slice(0, 5).join(', ');
    const more = reading.leftOut.length > 5 ? `, and ${reading.leftOut.length - 5} more` : '';
    io.warn(printable(`note: left out, since nothing of a machine could be read: ${shown}${more}`));
  }
  return records;
}

async function runAudit(call: Call): Promise<ExitCode> {
  const { positionals, values, io } = call;
  if (positionals.length === 0 && io.stdinIsTerminal) throw new CommandError(EXIT.usage, 'audit: which files or folders?');
  if (values.json === true && values.csv === true) throw new CommandError(EXIT.usage, 'either --json or --csv, not both');
  const records = await auditAll(await pathsOf(positionals.length === 0 ? ['-'] : positionals, io), call);
  if (records.length === 0) throw new CommandError(EXIT.badInput, 'no machine could be read');
  const summary = summariseAudit(records);
  if (values.csv === true) await io.write(printable(formatAuditCsv(records)));
  else if (values.json === true)
    await io.write(formatAnswer('audit', { subject: positionals.map((name) => ({ name })) }, auditObject(records, summary)));
  else await io.write(await printAudit(records, summary, io));
  return summary.verdicts.contradictory > 0 ? EXIT.differs : EXIT.ok;
}

/** `armlens audit`: many recorded machines, each checked against itself. */
export const audit: Command = {
  name: 'audit',
  summary: 'many recorded machines → which hwcaps where, what contradicts itself',
  args: [{ name: '[paths...]', help: 'files and folders; texts of different forms alone in a folder are one machine', completion: 'file' }],
  options: [
    FROM_OPTION,
    { ...KERNEL_OPTION, help: 'the release that all of them ran, instead of what each says' },
    { ...CONFIG_OPTION, help: 'its configuration: a name, or a JSON object' },
    { flags: '--each', help: 'take every file for a machine of its own' },
    { flags: '--csv', help: 'print CSV, a line for each machine' },
    JSON_OPTION,
  ],
  examples: ['armlens audit machines/', 'armlens audit cpuinfo/*.txt --csv', 'armlens audit fleet.ndjson --json'],
  guide: 'compare-a-fleet',
  run: runAudit,
};
