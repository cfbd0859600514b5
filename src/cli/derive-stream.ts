import { ArmlensError } from '../errors.ts';
import { type BootRecord, glimpseId, parseRecord, type RecordError, type RecordId } from '../formats/record.ts';
import { RecordBatch } from '../formats/record-batch.ts';
import { byteText } from '../formats/record-template.ts';
import { formatRecordError, formatResult, type ResultField } from '../formats/result.ts';
import { boot } from '../linux/boot.ts';
import { touchHwcaps } from '../linux/release/doubts.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { EngineName } from '../rows/engine-name.ts';
import { isPartial } from '../silicon/machine.ts';
import { AlikeLines, namedLine } from './alike-lines.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';
import { type Line, type LineBlock, lineAt, longLine, MAX_LINE_BYTES, splitBlocks } from './lines.ts';

/** An answer in the place of a line, and whether it is an error. */
interface Answer {
  readonly text: string;
  readonly bad: boolean;
  /** Whether something in the line was passed over, such as a register that is not known. */
  readonly unread: boolean;
  /** What was answered. */
  readonly record?: BootRecord;
}

/** What a stream is asked for. */
export interface StreamOptions {
  /** The parts of each result; by default all. */
  readonly fields?: readonly ResultField[] | undefined;
  /** By whom hwcaps alone are derived, many lines at once; anything more takes a boot a line, as `evaluator` does. */
  readonly engine?: EngineName | undefined;
}

function refusal(id: RecordId, error: RecordError, line: number): Answer {
  return { text: formatRecordError(id, { ...error, message: `line ${line}: ${error.message}` }), bad: true, unread: false };
}

function errorOf(cause: unknown): RecordError {
  if (cause instanceof ArmlensError) return { code: cause.code, message: cause.message };
  return { code: 'internal', message: `the record could not be derived: ${cause instanceof Error ? cause.message : String(cause)}` };
}

function answer(line: Line, { fields }: StreamOptions): Answer | undefined {
  if ('tooLong' in line) {
    const message = `the line is longer than ${MAX_LINE_BYTES >> 20} MiB`;
    return refusal(glimpseId(line.head), { code: 'line-too-long', message }, line.number);
  }
  const text = line.number === 1 ? line.text.replace(/^\ufeff/, '') : line.text;
  if (text.trim() === '') return undefined;
  const parsed = parseRecord(text);
  if ('error' in parsed) return refusal(parsed.id, parsed.error, line.number);
  const { record, id, diagnostics } = parsed;
  try {
    const system = boot(record.machine, record.kernel, record.environment);
    return {
      text: formatResult(id, system, diagnostics, fields),
      bad: false,
      unread: diagnostics.some(({ severity }) => severity !== 'note'),
      record,
    };
  } catch (cause) {
    return refusal(id, errorOf(cause), line.number);
  }
}

/** Whether the hwcaps of records like this one are certain, so that they may be looked up. */
function isSettled({ machine, kernel }: BootRecord): boolean {
  return !isPartial(machine) && machine.seen === undefined && !touchHwcaps(kernelAt(kernel).doubts);
}

/** Results are handed on in pieces of at least this many characters, and whenever the input pauses. */
const PIECE = 1 << 16;

/** Answers the lines of a stream, block by block. */
class StreamAnswers {
  bad = 0;
  unread = 0;
  readonly #options: StreamOptions;
  /** Absent where more is asked for than it gives. */
  readonly #batch: RecordBatch | undefined;
  /** What follows the id in answers to lines that were answered. */
  readonly #alike = new AlikeLines<{ readonly tail: string; readonly unread: boolean }>();
  #number = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    const { fields, engine } = options;
    const hwcapsAlone = fields?.every((field) => field === 'hwcaps') === true;
    if (hwcapsAlone && engine !== 'evaluator') this.#batch = new RecordBatch(engine);
  }

  /** Answers a line as one that is equal but for the id was answered, if there was one. */
  #answerAlike(line: Line): Answer | undefined {
    const named = 'text' in line ? namedLine(line.text) : undefined;
    if (named === undefined) return answer(line, this.#options);
    const beginning = `{"id":${named.id}`;
    const before = this.#alike.get(named);
    if (before !== undefined) return { text: beginning + before.tail, bad: false, unread: before.unread };
    const answered = answer(line, this.#options);
    if (answered !== undefined && !answered.bad && answered.text.startsWith(`${beginning},`)) {
      const tail = answered.text.slice(beginning.length);
      this.#alike.keep(named, { tail, unread: answered.unread }, tail.length);
    }
    return answered;
  }

  #answer(line: Line): Answer | undefined {
    const answered = this.#answerAlike(line);
    if (answered?.bad) this.bad++;
    if (answered?.unread) this.unread++;
    return answered;
  }

  /** The answers to a block, in pieces of some size. */
  *to(block: LineBlock): Generator<string> {
    if ('tooLong' in block) {
      yield `${this.#answer(longLine(block.head, ++this.#number))!.text}\n`;
      return;
    }
    const { bytes } = block;
    const text = byteText(bytes);
    const batch = this.#batch;
    let pending = '';
    for (let at = 0; at < bytes.length; ) {
      const taken = batch?.take(text, at) ?? -1;
      if (taken !== -1) {
        at = taken;
        this.#number++;
        continue;
      }
      if (batch?.waiting) {
        pending += batch.flush();
      } else {
        const { line, next } = lineAt(bytes, at, ++this.#number);
        const answered = this.#answer(line);
        if (answered) pending += `${answered.text}\n`;
        if (batch && answered?.record && !answered.unread && isSettled(answered.record))
          batch.learn(bytes.subarray(at, next - (bytes[next - 1] === 0x0a ? 1 : 0)), answered.record);
        at = next;
      }
      if (pending.length < PIECE) continue;
      yield pending;
      pending = '';
    }
    pending += batch?.flush() ?? '';
    if (pending !== '') yield pending;
  }
}

/**
 * Answers a stream of records, one line for each, in order and in bounded memory. A line that cannot be answered gets an error in
 * its place; blank lines get nothing.
 */
export async function deriveStream(io: Io, path: string, options: StreamOptions = {}): Promise<ExitCode> {
  const progress = await io.progress(path);
  const answers = new StreamAnswers(options);
  try {
    for await (const block of splitBlocks(io.stream(path), MAX_LINE_BYTES, (bytes) => progress?.update(bytes)))
      for (const piece of answers.to(block)) await io.write(piece);
  } finally {
    progress?.stop();
  }
  const { bad, unread } = answers;
  // Where the answers hold the findings, they need no second word.
  if (unread > 0 && options.fields !== undefined && !options.fields.includes('diagnostics')) {
    io.warn(`${unread} ${unread === 1 ? 'line has' : 'lines have'} parts that were passed over; --fields diagnostics names them`);
  }
  if (bad > 0) io.warn(`${bad} ${bad === 1 ? 'line' : 'lines'} could not be answered; the errors stand in their places`);
  return bad > 0 ? EXIT.badInput : EXIT.ok;
}
