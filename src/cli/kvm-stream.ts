import { ArmlensError } from '../errors.ts';
import { formatKvmAnswer, parseKvmRecord } from '../formats/kvm-record.ts';
import { formatRecordError } from '../formats/result.ts';
import { bootHost, makeVcpu } from '../linux/kvm/guest-under-kvm.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';
import { lineAt, longLine, splitBlocks } from './lines.ts';

/** The answer to a line, and whether it is an error. */
interface Answer {
  readonly text: string;
  readonly bad: boolean;
}

function answerText(text: string, number: number): Answer {
  const parsed = parseKvmRecord(text);
  const refuse = (code: string, message: string): Answer => ({
    text: formatRecordError(parsed.id, { code, message: `line ${number}: ${message}` }),
    bad: true,
  });
  if ('error' in parsed) return refuse(parsed.error.code, parsed.error.message);
  const { machine, kernel, options, vcpu } = parsed.record;
  try {
    const host = bootHost(machine, kernel, {}, options);
    return { text: formatKvmAnswer(parsed.id, host, vcpu, makeVcpu), bad: false };
  } catch (cause) {
    if (cause instanceof ArmlensError) return refuse(cause.code, cause.message);
    return refuse('internal', `the record could not be answered: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Answers a stream of questions about vCPUs, one line for each, in order and in bounded memory. Blank lines get nothing. */
export async function kvmStream(io: Io, path: string): Promise<ExitCode> {
  let [number, bad] = [0, 0];
  const answer = async (text: string | undefined): Promise<void> => {
    number++;
    if (text?.trim() === '') return;
    const { text: line, bad: failed } = text === undefined ? tooLong(number) : answerText(text, number);
    if (failed) bad++;
    await io.write(`${line}\n`);
  };
  for await (const block of splitBlocks(io.stream(path))) {
    if ('tooLong' in block) {
      longLine(block.head, number);
      await answer(undefined);
      continue;
    }
    for (let at = 0; at < block.bytes.length; ) {
      const { line, next } = lineAt(block.bytes, at, number + 1);
      await answer('text' in line ? line.text.replace(/^\ufeff/, '') : undefined);
      at = next;
    }
  }
  if (bad > 0) io.warn(`${bad} ${bad === 1 ? 'line' : 'lines'} could not be answered; the errors stand in their places`);
  return bad > 0 ? EXIT.badInput : EXIT.ok;
}

function tooLong(number: number): Answer {
  return { text: formatRecordError(null, { code: 'line-too-long', message: `line ${number}: the line is too long` }), bad: true };
}
