import type { Capture } from '../answers/capture.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type ReadResult, readAny } from '../formats/read-any.ts';
import { type CaptureText, filesOf, isRead, type ReadFile, readTexts } from '../formats/read-texts.ts';
import { given } from '../given.ts';
import { CommandError, EXIT, type Io } from './io.ts';

export { isBootable } from '../answers/capture.ts';

/** A capture of one machine that a person named, and what became of its texts. */
export interface CaptureInput {
  readonly capture: Capture;
  readonly diagnostics: readonly Diagnostic[];
  /** What each text was taken for: a line for the person; empty if that goes without saying. */
  readonly taken: readonly string[];
  /** What each file, or each listing in it, was read as. */
  readonly files: readonly ReadFile[];
  /** What was not looked at, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** The text itself, where it was one. */
  readonly bytes?: Uint8Array;
}

/** From here on what a text was taken for is not in doubt. */
const CLEAR = 0.8;

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

async function folderTexts(folder: string, io: Io): Promise<FolderTexts> {
  const found = await io.readFolder(folder);
  if (found === undefined) throw new CommandError(EXIT.badInput, `${folder}: it cannot be read`);
  const texts: CaptureText[] = [];
  for (const { path, text } of found.files) {
    // Bytes that are no UTF-8 are read again as they are.
    const isText = !['\0', '\ufffd'].some((mark) => text.slice(0, 1 << 14).includes(mark));
    texts.push({ path, text: isText ? text : ((await io.readBytes(`${folder}/${path}`)) ?? text) });
  }
  return { texts, skipped: found.skipped };
}

interface FolderTexts {
  readonly texts: readonly CaptureText[];
  readonly skipped: CaptureInput['skipped'];
}

/** Notes on files of a folder that do not count, the first ones by name. */
function leftOutNotes(leftOut: readonly string[]): readonly string[] {
  const more = leftOut.length - SHOWN_LEFT_OUT;
  return [...leftOut.slice(0, SHOWN_LEFT_OUT), ...(more > 0 ? [`note: … and ${more} more files or folders are left out`] : [])];
}

/** Reads texts of one machine. */
export async function readTogether({ texts, skipped }: FolderTexts): Promise<CaptureInput> {
  const { value, diagnostics, files, results } = await readTexts(texts);
  const unread = results.filter(({ result }) => !isRead(result)).map(({ path }) => `note: ${path}: left out, since its form is not known`);
  const leftOut = [...skipped.map(({ path, reason }) => `note: ${path}: left out: ${reason}`), ...unread];
  const taken = results.flatMap(({ path, result }) => (isRead(result) ? tookFor(path, result) : []));
  return { capture: value, diagnostics, taken: [...taken, ...leftOutNotes(leftOut)], files, skipped };
}

/** The name of a text in findings. */
function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

async function fromFile(path: string, bytes: Uint8Array, from: string | undefined): Promise<CaptureInput> {
  const name = nameOf(path);
  const result = await readAny(bytes, given({ from, name }));
  const isEmpty = new TextDecoder().decode(bytes.subarray(0, 1 << 14)).trim() === '';
  const files = filesOf(name, isEmpty, result);
  if (!isRead(result) && bytes.length === 0) return { capture: {}, diagnostics: [EMPTY], taken: [], files, skipped: [] };
  const taken = from === undefined ? tookFor(name, result) : [];
  return { capture: result.value, diagnostics: result.diagnostics, taken, files, skipped: [], bytes };
}

/**
 * Reads what a person named: a file, `-`, a folder with several texts of one machine, or several of these.
 *
 * @param from - The form of the text, where it is not to be recognised.
 */
export async function readCapture(paths: string | readonly string[], io: Io, from?: string): Promise<CaptureInput> {
  const words = typeof paths === 'string' ? [paths] : paths;
  const texts: CaptureText[] = [];
  const skipped: { path: string; reason: string }[] = [];
  for (const path of words) {
    const bytes = await io.readBytes(path);
    if (bytes !== undefined && words.length === 1) return fromFile(path, bytes, from);
    if (bytes !== undefined) texts.push({ path: nameOf(path), text: bytes });
    else {
      const folder = await folderTexts(path, io);
      texts.push(...folder.texts.map(({ path: file, text }) => ({ path: words.length === 1 ? file : `${path}/${file}`, text })));
      skipped.push(...folder.skipped);
    }
  }
  return readTogether({ texts, skipped });
}

const EMPTY: Diagnostic = { code: 'empty', severity: 'error', where: 'file', message: 'there is nothing in it' };
