import type { Capture } from '../answers/capture.ts';
import { checkCapture } from '../answers/check-capture.ts';
import { mergeCaptures, type NamedCapture } from '../answers/merge-captures.ts';
import { withoutWindows } from '../answers/windows-linux.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { countOf } from './capture-count.ts';
import { type ReadResult, readAny } from './read-any.ts';
import type { ReadInput } from './readers.ts';

/** A text, and the name of the file that it stood in. */
export interface CaptureText {
  /** With `/`. */
  readonly path: string;
  readonly text: ReadInput;
}

/** What became of a file, or of a listing in it. */
export interface ReadFile {
  readonly path: string;
  /** The form, as `--from` takes it; `empty`: nothing stands in it and its name says nothing; `unknown`: it was not read. */
  readonly kind: string;
  /** How many CPUs, devices, lines or names it gave. */
  readonly count: number;
}

/** Several texts of one machine, and what each was read as. */
export interface ReadTexts extends Parsed<Capture> {
  readonly files: readonly ReadFile[];
  /** What was read of each text, in their order. */
  readonly results: readonly { readonly path: string; readonly result: ReadResult }[];
}

/** A form that is less sure than this is passed over: a folder may hold all kinds of files. */
const SURE = 0.5;

/** Whether a text was taken for a form. */
export function isRead({ recognition }: ReadResult): boolean {
  return recognition !== undefined && recognition.confidence >= SURE;
}

/** What a text was read as: a row for each listing in it. */
export function filesOf(path: string, isEmpty: boolean, result: ReadResult): readonly ReadFile[] {
  if (!isRead(result)) return [{ path, kind: isEmpty ? 'empty' : 'unknown', count: 0 }];
  const { recognition, pieces, others = [], value } = result;
  const own = pieces?.map(({ format, count }) => ({ path, kind: format, count })) ?? [
    { path, kind: recognition!.reader.name, count: countOf(value) },
  ];
  return [...own, ...others.flatMap((other) => other.pieces.map(({ format, count }) => ({ path, kind: format, count })))];
}

/**
 * Reads several texts of one machine, each as what its content and its name say it is, and puts together what they say.
 *
 * @example
 * ```js
 * (await readTexts([])).files // → []
 * ```
 */
export async function readTexts(texts: readonly CaptureText[]): Promise<ReadTexts> {
  const results: { readonly path: string; readonly result: ReadResult }[] = [];
  const files: ReadFile[] = [];
  const captures: NamedCapture[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path, text } of texts) {
    const result = await readAny(text, { name: path });
    results.push({ path, result });
    files.push(...filesOf(path, text.length === 0 || (typeof text === 'string' && text.trim() === ''), result));
    if (!isRead(result)) continue;
    captures.push({ source: path, capture: result.value });
    // One file must not drown the others.
    const room = Math.max(0, MAX_FINDINGS - diagnostics.length);
    diagnostics.push(...result.diagnostics.slice(0, room).map((one) => ({ ...one, where: placeIn(path, one.where) })));
  }
  const merged = mergeCaptures(captures);
  const { value, diagnostics: made } = withoutWindows(merged.value);
  const contradictions = captures.length < 2 ? [] : checkCapture(value);
  const found = contradictions.map(({ message }): Diagnostic => ({ code: 'contradiction', severity: 'warning', where: '', message }));
  // One of the files may have told it.
  const untold = made.filter(({ message }) => !diagnostics.some((one) => one.message === message));
  return { value, diagnostics: [...diagnostics, ...merged.diagnostics, ...untold, ...found], files, results };
}

const MAX_FINDINGS = 1_000;

function placeIn(path: string, where: string): string {
  return where === 'file' || where === '' ? path : `${path}, ${where}`;
}
