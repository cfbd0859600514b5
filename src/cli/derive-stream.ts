import { ArmlensError } from '../errors.ts';
import { glimpseId, parseRecord, type RecordError, type RecordId } from '../formats/record.ts';
import { formatRecordError, formatResult, type ResultField } from '../formats/result.ts';
import { boot } from '../linux/boot.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';
import { type Line, MAX_LINE_BYTES, splitLines } from './lines.ts';

/** An answer in the place of a line, and whether it is an error. */
interface Answer {
  readonly text: string;
  readonly bad: boolean;
  /** Whether something in the line was passed over, such as a register that is not known. */
  readonly unread: boolean;
}

function refusal(id: RecordId, error: RecordError, line: number): Answer {
  return { text: formatRecordError(id, { ...error, message: `line ${line}: ${error.message}` }), bad: true, unread: false };
}

function errorOf(cause: unknown): RecordError {
  if (cause instanceof ArmlensError) return { code: cause.code, message: cause.message };
  return { code: 'internal', message: `the record could not be derived: ${cause instanceof Error ? cause.message : String(cause)}` };
}

function answer(line: Line, fields: readonly ResultField[] | undefined): Answer | undefined {
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
    };
  } catch (cause) {
    return refusal(id, errorOf(cause), line.number);
  }
}

/** Results are handed on in pieces of at least this many characters, and whenever the input pauses. */
const PIECE = 1 << 16;

/**
 * Answers a stream of records, one line for each, in order and in bounded memory. A line that cannot be answered gets an error in
 * its place; blank lines get nothing.
 */
export async function deriveStream(io: Io, path: string, fields?: readonly ResultField[]): Promise<ExitCode> {
  const progress = await io.progress(path);
  let bad = 0;
  let unread = 0;
  try {
    for await (const lines of splitLines(io.stream(path), MAX_LINE_BYTES, (bytes) => progress?.update(bytes))) {
      let pending = '';
      for (const line of lines) {
        const answered = answer(line, fields);
        if (answered === undefined) continue;
        if (answered.bad) bad++;
        if (answered.unread) unread++;
        pending += `${answered.text}\n`;
        if (pending.length < PIECE) continue;
        await io.write(pending);
        pending = '';
      }
      if (pending !== '') await io.write(pending);
    }
  } finally {
    progress?.stop();
  }
  // Where the answers hold the findings, they need no second word.
  if (unread > 0 && fields !== undefined && !fields.includes('diagnostics')) {
    io.warn(`${unread} ${unread === 1 ? 'line has' : 'lines have'} parts that were passed over; --fields diagnostics names them`);
  }
  if (bad > 0) io.warn(`${bad} ${bad === 1 ? 'line' : 'lines'} could not be answered; the errors stand in their places`);
  return bad > 0 ? EXIT.badInput : EXIT.ok;
}
