/**
 * The one way in: whatever people hold becomes a capture. Presentation is peeled off, the text is split into pieces, each piece is read
 * as its form, and what they say of the machine is put together. Findings name lines and columns of the text as it was posted.
 *
 * @module
 */
import type { Capture } from '../answers/capture.ts';
import { mergeCaptures, type NamedCapture } from '../answers/merge-captures.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { LineCount } from './line-account.ts';
import { certainJson, embeddedText, isJsonOf } from './posted/embedded.ts';
import { isFence, type LineForm, promptOf } from './posted/forms.ts';
import { peel } from './posted/peel.ts';
import { type Piece, splitPieces } from './posted/pieces.ts';
import { linesAsPosted, type PostedLine, placeInPost } from './posted/posted-line.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { decodeText, READERS, type ReadInput, type Recognition, readerNamed, recogniseFormat } from './readers.ts';

/** A part of a text that was read as one form. */
export interface ReadPiece {
  /** As `--from` takes it. */
  readonly format: string;
  /** What the form is called in a sentence. */
  readonly title: string;
  /** The first and the last line of it, in the text as posted. */
  readonly from: number;
  readonly to: number;
}

/** What was read, and what it was taken for. */
export interface ReadResult extends ReadCapture {
  /** Absent if the text is of no known form. Of a text that holds several forms: the form of the first piece. */
  readonly recognition?: Recognition;
  /** The pieces, where a text holds several forms. */
  readonly pieces?: readonly ReadPiece[];
}

const NOTHING: ReadResult = {
  value: {},
  diagnostics: [
    { code: 'unknown-format', severity: 'error', where: 'file', message: 'the text is of no form that is known; name one by --from' },
  ],
};

/** From here on a text is of that form as a whole, unless lines of it are of another form by themselves. */
const CLEAR = 0.9;
/** A piece that nothing marks counts from here on; a whole text, too, before its pieces are looked at. */
const LIKELY = 0.5;

const FORMS: ReadonlySet<string> = new Set(READERS.map(({ name }) => name));

function readerNameOf(form: LineForm | undefined): string | undefined {
  return form !== undefined && FORMS.has(form) ? form : undefined;
}

const textOf = (lines: readonly PostedLine[]): string => lines.map(({ text }) => text).join('\n');

/** Reads lines, and says of findings where they stand in the text as posted. */
function readLines(reader: Reader, lines: readonly PostedLine[]): ReadCapture {
  const { value, diagnostics, lines: count } = reader.read(textOf(lines));
  const found = diagnostics.map((one): Diagnostic => ({ ...one, where: placeInPost(one.where, lines) }));
  const placed = <T extends { readonly line: number }>(rows: readonly T[] | undefined): readonly T[] | undefined =>
    rows?.map((row) => ({ ...row, line: lines[row.line - 1]?.number ?? row.line }));
  const [log, instructions, workarounds] = [placed(value.log), placed(value.instructions), placed(value.workarounds)];
  return { value: { ...value, ...given({ log, instructions, workarounds }) }, diagnostics: found, ...given({ lines: count }) };
}

/** What belongs together: pieces of one form are one listing, which fences or words interrupt. */
interface Listing {
  readonly format: string;
  readonly lines: PostedLine[];
}

/** Whether a piece begins again what a listing has: another CPU 0, another boot. Then it is of another machine, or of another time. */
function repeats(listing: Listing, piece: Piece): boolean {
  if (
    listing.format === 'kernel-log' ||
    listing.format === 'sigill' ||
    listing.format === 'firmware-log' ||
    listing.format === 'registers' ||
    listing.format === 'kernel-config'
  )
    return false;
  if (listing.format !== 'cpuinfo') return true;
  const numbers = (lines: readonly PostedLine[]): readonly string[] =>
    lines.flatMap(({ text }) => /^\s*processor\s*:\s*(\d+)/.exec(text)?.[1] ?? []);
  const known = new Set(numbers(listing.lines));
  return numbers(piece.lines).some((number) => known.has(number)) || numbers(piece.lines).length === 0;
}

interface Grouped {
  readonly listings: readonly Listing[];
  readonly repeated: readonly Diagnostic[];
  /** Lines that are of no listing. */
  readonly passed: number;
}

/** The form of a piece: told by its lines, else recognised. */
async function formatOf(piece: Piece): Promise<string | undefined> {
  if (piece.form !== undefined) return readerNameOf(piece.form);
  const found = await recogniseFormat(textOf(piece.lines));
  return found !== undefined && found.confidence >= LIKELY ? found.reader.name : undefined;
}

async function group(pieces: readonly Piece[]): Promise<Grouped> {
  const listings = new Map<string, Listing>();
  const repeated: Diagnostic[] = [];
  let passed = 0;
  for (const piece of pieces) {
    const format = await formatOf(piece);
    if (format === undefined) {
      passed += piece.lines.filter(({ text }) => text.trim() !== '').length;
      continue;
    }
    const listing = listings.get(format);
    if (listing === undefined) listings.set(format, { format, lines: [...piece.lines] });
    else if (repeats(listing, piece)) {
      const message = 'a second listing of this form is left out: it is of another machine, or of another time';
      repeated.push({ code: 'second-listing', severity: 'note', where: `line ${piece.lines[0]!.number}`, message });
    } else listing.lines.push(...piece.lines);
  }
  return { listings: [...listings.values()], repeated, passed };
}

const NO_LINES: LineCount = { read: 0, passed: 0, unread: 0 };

function added(a: LineCount, b: LineCount | undefined): LineCount {
  return b === undefined ? a : { read: a.read + b.read, passed: a.passed + b.passed, unread: a.unread + b.unread };
}

/** Reads each listing as its form and makes one machine of what they say. */
async function readListings({ listings, repeated, passed }: Grouped): Promise<ReadResult> {
  const captures: NamedCapture[] = [];
  const diagnostics: Diagnostic[] = [...repeated];
  const pieces: ReadPiece[] = [];
  let count = { ...NO_LINES, passed };
  let recognition: Recognition | undefined;
  for (const { format, lines } of listings) {
    const reader = await readerNamed(format);
    const read = readLines(reader, lines);
    recognition ??= { reader, confidence: 1 };
    captures.push({ source: reader.title, capture: read.value });
    diagnostics.push(...read.diagnostics);
    count = added(count, read.lines);
    pieces.push({ format, title: reader.title, from: lines[0]!.number, to: lines.at(-1)!.number });
  }
  const merged = mergeCaptures(captures);
  const value: Capture = captures.length === 1 ? captures[0]!.capture : merged.value;
  const found = captures.length === 1 ? diagnostics : [...diagnostics, ...merged.diagnostics];
  return { value, diagnostics: found, lines: count, ...given({ recognition }), ...(pieces.length > 1 ? { pieces } : {}) };
}

function isWhole(recognition: Recognition | undefined, pieces: readonly Piece[]): boolean {
  if (recognition === undefined) return false;
  const formats = new Set(pieces.flatMap(({ form }) => readerNameOf(form) ?? []));
  const { reader, confidence } = recognition;
  // Rows of flags in another language look like a Features line.
  if (reader.name === 'lscpu') formats.delete('features-line');
  // A form that no line tells by itself, but the whole does, has lines that look like others' as it likes.
  if (confidence >= CLEAR && !formats.has(reader.name)) return true;
  return formats.size <= 1 && (formats.size === 0 || formats.has(reader.name)) && confidence >= LIKELY;
}

/** How many lines of a text hold presentation only, as the rule below the head of a table. */
function onlyPresentation(text: string, lines: readonly PostedLine[]): number {
  const left = new Set(lines.flatMap((line) => (line.text.trim() === '' ? [] : [line.number])));
  return linesAsPosted(text).filter((line) => line.text.trim() !== '' && !left.has(line.number)).length;
}

/** Reads lines as one form, and accounts for those that were presentation. */
function readWhole(reader: Reader, text: string, posted: readonly PostedLine[]): ReadCapture {
  // A prompt with its command, and a fence, stand around a listing.
  const lines = posted.map((line) => (isFence(line.text) || promptOf(line.text) !== undefined ? { ...line, text: '' } : line));
  const read = readLines(reader, lines);
  if (read.lines === undefined) return read;
  return { ...read, lines: { ...read.lines, passed: read.lines.passed + onlyPresentation(text, lines) } };
}

async function readText(posted: string): Promise<ReadResult> {
  const json = await certainJson(posted);
  if (json !== undefined) return { ...json.reader.read(posted), recognition: json };
  const text = (await embeddedText(posted)) ?? posted;
  const lines = peel(text);
  const recognition = await recogniseFormat(textOf(lines));
  const pieces = splitPieces(lines);
  if (isWhole(recognition, pieces)) return { ...readWhole(recognition!.reader, text, lines), recognition: recognition! };
  const grouped = await group(pieces);
  if (grouped.listings.length > 0) return readListings(grouped);
  return recognition === undefined ? NOTHING : { ...readWhole(recognition.reader, text, lines), recognition };
}

/**
 * Reads a text of any known form, as it was posted; a text may hold several forms.
 *
 * @param from - The form, where it is known; else it is recognised.
 * @throws {ArmlensError} `unknown-name` if there is no form of that name. Nothing in the text makes it throw.
 *
 * @example
 * ```js
 * (await readAny('processor\t: 0\nFeatures\t: fp asimd\n')).recognition.reader.name // → 'cpuinfo'
 * ```
 */
export async function readAny(input: ReadInput, { from }: { readonly from?: string } = {}): Promise<ReadResult> {
  const named = from === undefined ? undefined : await readerNamed(from);
  if (typeof input !== 'string') {
    const found = await recogniseBytes(input, named);
    if (found !== undefined) return { ...found.reader.bytes!.read(input), recognition: found };
  }
  const text = typeof input === 'string' ? input : decodeText(input);
  if (named === undefined) return readText(text);
  const recognition: Recognition = { reader: named, confidence: 1 };
  if (isJsonOf(text, named)) return { ...named.read(text), recognition };
  return { ...readWhole(named, text, peel(text)), recognition };
}

/** The reader of bytes that are no text. */
async function recogniseBytes(bytes: Uint8Array, named: Reader | undefined): Promise<Recognition | undefined> {
  if (named !== undefined)
    return named.bytes !== undefined && named.bytes.recognise(bytes) > 0 ? { reader: named, confidence: 1 } : undefined;
  const found = await recogniseFormat(bytes);
  return found?.reader.bytes !== undefined && found.reader.bytes.recognise(bytes) > 0 ? found : undefined;
}
