import type { Capture } from '../answers/capture.ts';
import type { NamedCapture } from '../answers/merge-captures.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type ReadResult, readAny } from '../formats/read-any.ts';
import type { ReadInput } from '../formats/readers.ts';
import { given } from '../given.ts';
import { CommandError, EXIT, type Io } from './io.ts';

export { isBootable } from '../answers/capture.ts';

/** A capture of one machine that a person named, and what became of its texts. */
export interface CaptureInput {
  readonly capture: Capture;
  readonly diagnostics: readonly Diagnostic[];
  /** What each text was taken for: a line for the person; empty if that goes without saying. */
  readonly taken: readonly string[];
}

/** From here on what a text was taken for is not in doubt. */
const CLEAR = 0.8;

/** A folder may hold all kinds of files; one that is less sure than this is passed over. */
const SURE_IN_FOLDER = 0.5;

/** The forms that are the product's own: that they are read needs no word. */
const OWN_FORMS: ReadonlySet<string> = new Set(['registers', 'register-json']);

/** One line that says what a text was taken for, or nothing. */
function tookFor(name: string, { recognition, lines, pieces }: ReadResult): readonly string[] {
  if (pieces !== undefined) {
    const parts = pieces.map(({ title, from, to }) => `${title} (${from === to ? `line ${from}` : `lines ${from} to ${to}`})`);
    const passed = lines === undefined || lines.passed === 0 ? '' : `; ${lines.passed} other lines are passed over`;
    return [`note: ${name}: holds ${parts.join(', ')}${passed}`];
  }
  if (recognition === undefined) return [];
  const { reader, confidence, runnerUp } = recognition;
  const doubt =
    confidence >= CLEAR || runnerUp === undefined
      ? ''
      : `, which is not certain: it may be ${runnerUp.reader.title} (--from ${runnerUp.reader.name})`;
  if (OWN_FORMS.has(reader.name) && doubt === '') return [];
  const unread =
    lines === undefined || lines.unread === 0
      ? ''
      : `; ${lines.unread} of ${lines.read + lines.passed + lines.unread} lines were not understood`;
  return [`note: ${name}: taken for ${reader.title}${doubt}${unread}`];
}

/** How many files of a folder are named that do not count. */
const SHOWN_LEFT_OUT = 10;

async function fromFolder(folder: string, io: Io): Promise<CaptureInput> {
  const found = await io.readFolder(folder);
  if (found === undefined) throw new CommandError(EXIT.badInput, `${folder}: it cannot be read`);
  const captures: NamedCapture[] = [];
  const diagnostics: Diagnostic[] = [];
  const taken: string[] = [];
  const leftOut: string[] = found.skipped.map(({ path, reason }) => `note: ${path}: left out: ${reason}`);
  for (const { path, text } of found.files) {
    // Bytes that are no UTF-8 are read again as they are.
    const isText = !['\0', '\ufffd'].some((mark) => text.slice(0, 1 << 14).includes(mark));
    const input: ReadInput = isText ? text : ((await io.readBytes(`${folder}/${path}`)) ?? text);
    const result = await readAny(input);
    if (result.recognition === undefined || result.recognition.confidence < SURE_IN_FOLDER) {
      leftOut.push(`note: ${path}: left out, since its form is not known`);
      continue;
    }
    taken.push(...tookFor(path, result));
    captures.push({ source: path, capture: result.value });
    diagnostics.push(...result.diagnostics.map((one) => ({ ...one, where: one.where === 'file' ? path : `${path}, ${one.where}` })));
  }
  taken.push(...leftOut.slice(0, SHOWN_LEFT_OUT));
  const more = leftOut.length - SHOWN_LEFT_OUT;
  if (more > 0) taken.push(`note: … and ${more} more files or folders are left out`);
  const { mergeCaptures } = await import('../answers/merge-captures.ts');
  const { checkCapture } = await import('../answers/check-capture.ts');
  const merged = mergeCaptures(captures);
  const contradictions = checkCapture(merged.value).map(
    ({ message }): Diagnostic => ({ code: 'contradiction', severity: 'warning', where: folder, message }),
  );
  return { capture: merged.value, diagnostics: [...diagnostics, ...merged.diagnostics, ...contradictions], taken };
}

/** Reads what a person named: a file, `-`, or a folder with several texts of one machine. */
export async function readCapture(path: string, io: Io, from: string | undefined): Promise<CaptureInput> {
  const bytes = await io.readBytes(path);
  if (bytes === undefined) return fromFolder(path, io);
  const result = await readAny(bytes, given({ from }));
  const { recognition, value, diagnostics } = result;
  if (recognition === undefined && bytes.length === 0) return { capture: {}, diagnostics: [EMPTY], taken: [] };
  return { capture: value, diagnostics, taken: from === undefined ? tookFor(path === '-' ? 'standard input' : path, result) : [] };
}

const EMPTY: Diagnostic = { code: 'empty', severity: 'error', where: 'file', message: 'there is nothing in it' };
