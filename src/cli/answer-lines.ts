import { ArmlensError } from '../errors.ts';
import { glimpseId, type RecordError, type RecordId } from '../formats/record.ts';
import { formatRecordError } from '../formats/result.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';
import { type Line, type LineBlock, lineAt, longLine, MAX_LINE_BYTES, splitBlocks } from './lines.ts';

/** What a line gives: a text for its place, or why there is none. */
export type LineAnswer = { readonly text: string } | { readonly id: RecordId; readonly error: RecordError };

/** Why a record could not be answered. */
export function errorOfCause(cause: unknown): RecordError {
  if (cause instanceof ArmlensError) return { code: cause.code, message: cause.message };
  return { code: 'internal', message: `the record could not be answered: ${cause instanceof Error ? cause.message : String(cause)}` };
}

function* linesOf(block: LineBlock, number: number): Generator<Line> {
  if ('tooLong' in block) {
    yield longLine(block.head, number);
    return;
  }
  for (let at = 0; at < block.bytes.length; ) {
    const { line, next } = lineAt(block.bytes, at, number++);
    yield line;
    at = next;
  }
}

/**
 * Answers a stream of records, one line for each, in order and in bounded memory. A line that cannot be answered gets an error in its
 * place; blank lines get nothing.
 */
export async function answerLines(io: Io, path: string, answer: (text: string) => LineAnswer): Promise<ExitCode> {
  const progress = await io.progress(path);
  let [number, bad] = [1, 0];
  const answerLine = (line: Line): string => {
    if ('text' in line && line.text.replace(/^\ufeff/, '').trim() === '') return '';
    const message = `the line is longer than ${MAX_LINE_BYTES >> 20} MiB`;
    const found: LineAnswer =
      'tooLong' in line
        ? { id: glimpseId(line.head), error: { code: 'line-too-long', message } }
        : answer(line.number === 1 ? line.text.replace(/^\ufeff/, '') : line.text);
    if ('text' in found) return `${found.text}\n`;
    bad++;
    return `${formatRecordError(found.id, { ...found.error, message: `line ${line.number}: ${found.error.message}` })}\n`;
  };
  try {
    for await (const block of splitBlocks(io.stream(path), MAX_LINE_BYTES, (bytes) => progress?.update(bytes))) {
      let piece = '';
      for (const line of linesOf(block, number)) {
        piece += answerLine(line);
        number = line.number + 1;
      }
      if (piece !== '') await io.write(piece);
    }
  } finally {
    progress?.stop();
  }
  if (bad > 0) io.warn(`${bad} ${bad === 1 ? 'line' : 'lines'} could not be answered; the errors stand in their places`);
  return bad > 0 ? EXIT.badInput : EXIT.ok;
}
