/**
 * The one way in: whatever people hold becomes a capture. Presentation is peeled off, the text is split into pieces, each piece is read
 * as its form, and what they say of the machine is put together. Findings name lines and columns of the text as it was posted.
 *
 * @module
 */
import type { Capture } from '../answers/capture.ts';
import { capturedNames } from '../answers/check-capture.ts';
import { type Evidence, evidenceOf, LISTING_KEYS, type Listing, WORD_KEYS } from '../answers/guest/listings.ts';
import { capturedFrom, mergeCaptures } from '../answers/merge-captures.ts';
import { withoutWindows } from '../answers/windows-linux.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import { countOf } from './capture-count.ts';
import { foreignSystem, readNotArm } from './foreign-cpu.ts';
import { kernelInWords } from './kernel-in-words.ts';
import type { LineCount } from './line-account.ts';
import { formOfName, LISTING_FORMATS } from './listing-readers.ts';
import { isOutside, outsideOnce, wordsAround } from './posted/around.ts';
import { isJsonOf, unwrap } from './posted/embedded.ts';
import { formOfCommand, formOfLine, isFence, type LineForm } from './posted/forms.ts';
import { peel } from './posted/peel.ts';
import { type Piece, splitPieces } from './posted/pieces.ts';
import { linesAsPosted, type PostedLine, placeInPost } from './posted/posted-line.ts';
import { promptOf } from './posted/prompt.ts';
import type { ReadCapture, Reader, ReaderHint } from './reader.ts';
import { decodeText, READERS, type ReadInput, type Recognition, readerNamed, recogniseFormat } from './readers.ts';
import { isSingle, listingsOf, type TextListing, TextListings } from './text-listings.ts';
import { isForeign, type ReadListing, type ToldMachine, toldMachines } from './told-machines.ts';

/** A part of a text that was read as one form. */
export interface ReadPiece {
  /** As `--from` takes it. */
  readonly format: string;
  /** What the form is called in a sentence. */
  readonly title: string;
  /** The first and the last line of it, in the text as posted. */
  readonly from: number;
  readonly to: number;
  /** How many CPUs, devices, lines or names it gave. */
  readonly count: number;
}

/** A machine that a text tells of besides the one that it is about. */
export interface ReadMachine {
  readonly value: Capture;
  readonly pieces: readonly ReadPiece[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What was read, and what it was taken for. */
export interface ReadResult extends ReadCapture {
  /** Absent if the text is of no known form. Of a text that holds several forms: the form of the first piece. */
  readonly recognition?: Recognition;
  /** The pieces, where a text holds several forms. */
  readonly pieces?: readonly ReadPiece[];
  /** Other machines, or the same one at other times, that the text tells of. */
  readonly others?: readonly ReadMachine[];
}

/** What a compiler says that it builds for. */
const TARGET = /^[ \t]*-m(?:arch|cpu)=\s|^target_feature="|"-target-(?:cpu|feature)"/m;

function nothingIn(text: string): ReadResult {
  const message = TARGET.test(text)
    ? 'the text tells what a compiler builds for, not what a machine has; armlens runs says whether a machine runs that'
    : 'the text is of no form that is known; name one by --from';
  return { value: {}, diagnostics: [{ code: 'unknown-format', severity: 'error', where: 'file', message }] };
}

/** From here on a text is of that form as a whole, unless lines of it are of another form by themselves. */
const CLEAR = 0.9;
/** A piece that nothing marks counts from here on; a whole text, too, before its pieces are looked at. */
const LIKELY = 0.5;

/** Boots of which no line tells the form by itself, so that two of them are no two pieces. */
const WITHOUT_LINES: ReadonlySet<string> = new Set(['freebsd-boot', 'openbsd-boot', 'netbsd-boot']);

const FORMS: ReadonlySet<string> = new Set(READERS.map(({ name }) => name));

function readerNameOf(form: LineForm | undefined): string | undefined {
  return form !== undefined && FORMS.has(form) ? form : undefined;
}

const textOf = (lines: readonly PostedLine[]): string => lines.map(({ text }) => text).join('\n');

/** Evidence names the line of the text as posted. */
function listingsAsPosted(value: Capture, lines: readonly PostedLine[]): Capture {
  const moved = new Map<object, object>();
  const placed = <T extends object>(row: T): T => {
    const { at, within } = row as T & { readonly at?: Evidence; readonly within?: readonly object[] };
    const line = at?.line === undefined ? undefined : lines[at.line - 1];
    const outer = within === undefined ? {} : { within: within.map((node) => moved.get(node) ?? node) };
    const now = line === undefined ? row : { ...row, at: { ...at, line: line.number }, ...outer };
    moved.set(row, now);
    return now;
  };
  const out: Record<string, unknown> = { ...value };
  for (const key of LISTING_KEYS) {
    const listing = value[key] as Listing<object> | undefined;
    if (listing !== undefined) out[key] = { ...listing, rows: listing.rows.map(placed) };
  }
  for (const key of WORD_KEYS) if (value[key] !== undefined) out[key] = placed(value[key]);
  return out as Capture;
}

/** Reads a text of a form, unless rows of it tell that the machine is no Arm. */
function readUnlessForeign(reader: Reader, text: string, hint: ReaderHint): ReadCapture {
  // An emulated program's lscpu names its own architecture above the flags of an Arm kernel.
  const foreign = reader.name === 'lscpu' ? undefined : foreignSystem(text);
  return foreign === undefined ? reader.read(text, hint) : readNotArm(foreign, 'file');
}

/** Reads lines, and says of findings where they stand in the text as posted. */
function readLines(reader: Reader, lines: readonly PostedLine[], { openAt, ...hint }: ReaderHint): ReadCapture {
  const open = lines.at(-1)?.number === openAt ? lines.length : undefined;
  const { value, diagnostics, lines: count, ...rest } = readUnlessForeign(reader, textOf(lines), { ...hint, ...given({ openAt: open }) });
  const placedAt = wordsAround(diagnostics, lines, open);
  const found = outsideOnce(placedAt).map((one): Diagnostic => ({ ...one, where: placeInPost(one.where, lines) }));
  const outside = placedAt.filter(isOutside).length;
  const placed = <T extends { readonly line: number }>(rows: readonly T[] | undefined): readonly T[] | undefined =>
    rows?.map((row) => ({ ...row, line: lines[row.line - 1]?.number ?? row.line }));
  const [log, instructions, workarounds] = [placed(value.log), placed(value.instructions), placed(value.workarounds)];
  return {
    ...rest,
    value: { ...listingsAsPosted(value, lines), ...given({ log, instructions, workarounds }) },
    diagnostics: found,
    ...(count && { lines: { ...count, passed: count.passed + outside, unread: count.unread - outside } }),
  };
}

/** Forms whose lines look like those of others, by the form that a line of them tells. */
const COUSINS: ReadonlyMap<string, string> = new Map([
  ['macos-sysctl', 'bsd-sysctl'],
  ['lscpu', 'lscpu-table'],
]);

/** The form of a piece: told by its lines, else recognised. */
async function formatOf(piece: Piece): Promise<string | undefined> {
  const told = readerNameOf(piece.form);
  const cousin = told === undefined ? undefined : COUSINS.get(told);
  if (cousin !== undefined && (await readerNamed(cousin)).recognise(textOf(piece.lines)) > 0) return cousin;
  if (piece.form !== undefined) return told;
  if (fullLines(piece.lines) === 0) return undefined;
  const found = await recogniseFormat(textOf(piece.lines));
  return found !== undefined && found.confidence >= LIKELY ? found.reader.name : undefined;
}

interface Gathered {
  readonly listings: readonly TextListing[];
  /** Words of a person. */
  readonly words: readonly Piece[];
}

async function gather(pieces: readonly Piece[]): Promise<Gathered> {
  const listings = new TextListings();
  const words: Piece[] = [];
  for (const piece of pieces) {
    const format = await formatOf(piece);
    if (format === undefined || !listings.add(format, piece)) words.push(piece);
  }
  return { listings: listings.all, words };
}

const NO_LINES: LineCount = { read: 0, passed: 0, unread: 0 };

function added(a: LineCount, b: LineCount | undefined): LineCount {
  return b === undefined ? a : { read: a.read + b.read, passed: a.passed + b.passed, unread: a.unread + b.unread };
}

const fullLines = (lines: readonly PostedLine[]): number => lines.filter(({ text }) => text.trim() !== '').length;

async function readListing(listing: TextListing, hint: ReaderHint): Promise<ReadListing> {
  const reader = await readerNamed(listing.format);
  return { listing, reader, read: readLines(reader, listing.lines, { ...hint, ...given({ folder: listing.folder }) }) };
}

function pieceOf({ listing: { format, lines }, reader, read }: ReadListing): ReadPiece {
  return { format, title: reader.title, from: lines[0]!.number, to: lines.at(-1)!.number, count: countOf(read.value) };
}

/** What a machine's listings say together. */
function machineOf({ listings }: ToldMachine, name: string): ReadMachine {
  const captures = listings.map(({ reader, read }) => ({ source: name === '' ? reader.title : name, capture: read.value }));
  const [only] = captures;
  const merged = captures.length === 1 ? undefined : mergeCaptures(captures);
  const own = listings.flatMap(({ read }) => read.diagnostics);
  return {
    value: merged?.value ?? capturedFrom(only!.source, only!.capture),
    pieces: listings.map(pieceOf),
    diagnostics: [...own, ...(merged?.diagnostics ?? [])],
  };
}

/** In which names of a Features line another machine differs from the first. */
function differenceOf(first: Capture, other: Capture): string {
  const [one, two] = [capturedNames(first), capturedNames(other)];
  if (one === undefined || two === undefined) return '';
  const lacks = one.filter((name) => !two.includes(name)).join(' ');
  const has = two.filter((name) => !one.includes(name)).join(' ');
  return `${lacks === '' ? '' : `; it lacks ${lacks}`}${has === '' ? '' : `; it has besides ${has}`}`.slice(0, 1_000);
}

/** Says that a text tells of another machine, and where. */
function anotherMachine(value: Capture, { pieces: [first], value: other }: ReadMachine, machine: ToldMachine): Diagnostic {
  const host = machine.listings[0]?.listing.host;
  const named = host === undefined ? 'another machine, or of another time' : `another machine, ${host.slice(0, 60)}`;
  const what = machine.listings.some(isForeign) ? 'a machine that is not Arm' : named;
  const message = `${first!.title} is of ${what}, and left out${differenceOf(value, other)}`;
  return { code: 'another-machine', severity: 'note', where: `line ${first!.from}`, message };
}

/** Reads each listing as its form and makes machines of what they say; the first is what the text is about. */
async function readListings({ listings, words }: Gathered, hint: ReaderHint): Promise<ReadResult> {
  const read = await Promise.all(listings.map((listing) => readListing(listing, hint)));
  const told = toldMachines(read);
  const [first, ...others] = told.map((machine) => machineOf(machine, hint.name ?? ''));
  let lines = { ...NO_LINES, passed: words.reduce((sum, piece) => sum + fullLines(piece.lines), 0) };
  for (const one of told[0]!.listings) lines = added(lines, one.read.lines);
  for (const { listings: left } of told.slice(1))
    for (const { listing } of left) lines = { ...lines, passed: lines.passed + fullLines(listing.lines) };
  const recognition = { reader: told[0]!.listings[0]!.reader, confidence: 1 };
  const named = await withWords(first!.value, read, words, hint.name ?? '');
  const diagnostics = [...first!.diagnostics, ...others.map((machine, i) => anotherMachine(first!.value, machine, told[i + 1]!))];
  const rest = others.length === 0 ? {} : { others };
  return { value: named, diagnostics, lines, recognition, ...(read.length > 1 ? { pieces: first!.pieces } : {}), ...rest };
}

/** Adds to a guest's listings what a person writes between them: names of a hypervisor's add-ons, and what the machine has. */
async function withWords(value: Capture, read: readonly ReadListing[], words: readonly Piece[], name: string): Promise<Capture> {
  if (!read.some(({ listing }) => LISTING_FORMATS.has(listing.format))) return value;
  const { isAddOnName } = await import('../answers/guest/add-ons.ts');
  const { emptyLspci, remarksIn } = await import('./remarks.ts');
  const lines = words.flatMap((piece) => piece.lines);
  const rows = lines.flatMap(({ number, text }) =>
    [...new Set(text.match(/[A-Za-z][\w-]{2,40}/g))]
      .filter(isAddOnName)
      .map((word) => ({ name: word, at: evidenceOf(name, number, text) })),
  );
  const remarks = remarksIn(lines, name);
  const isEmpty = value.pci === undefined && emptyLspci(lines) !== undefined;
  return {
    ...value,
    ...(rows.length === 0 ? {} : { folders: { file: value.folders?.file ?? name, rows: [...(value.folders?.rows ?? []), ...rows] } }),
    ...(remarks.length === 0 ? {} : { remarks: { file: name, rows: remarks } }),
    ...(isEmpty ? { pci: { file: name, rows: [] } } : {}),
  };
}

/** Whether a text has two listings of a form of which a machine has one. */
function hasSeveral(pieces: readonly Piece[]): boolean {
  if (pieces.some(({ isAgain }) => isAgain)) return true;
  const forms = pieces.flatMap(({ form }) => readerNameOf(form) ?? []).filter(isSingle);
  if (new Set(forms).size < forms.length) return true;
  const listings = new TextListings();
  for (const piece of pieces) if (!isSingle(piece.form ?? 'ls') && piece.form !== 'ls') listings.add(piece.form!, piece);
  return new Set(listings.all.map(({ format }) => format)).size < listings.all.length;
}

/** Whether prompts or a table name several machines. */
function hasSeveralHosts(pieces: readonly Piece[]): boolean {
  return new Set(pieces.flatMap(({ host }) => host ?? [])).size > 1;
}

function isWhole(recognition: Recognition | undefined, pieces: readonly Piece[]): boolean {
  if (recognition === undefined || hasSeveralHosts(pieces)) return false;
  const formats = new Set(pieces.flatMap(({ form }) => readerNameOf(form) ?? []));
  const { reader, confidence } = recognition;
  // Rows of flags in another language look like a Features line.
  if (reader.name === 'lscpu') formats.delete('features-line');
  // A JVM's report has rows of the kernel and of /proc/cpuinfo, and its line on the CPU, which may stand alone, too.
  if (reader.name === 'jvm-error' && !pieces.some(({ isAgain }) => isAgain)) formats.delete('jvm-error');
  // A form that no line tells by itself, but the whole does, has lines that look like others' as it likes.
  if (confidence >= CLEAR && !formats.has(reader.name)) return true;
  if (hasSeveral(pieces)) return false;
  return formats.size <= 1 && (formats.size === 0 || formats.has(reader.name)) && confidence >= LIKELY;
}

/** How many lines of a text hold presentation only, as the rule below the head of a table. */
function onlyPresentation(text: string, lines: readonly PostedLine[]): number {
  const left = new Set(lines.flatMap((line) => (line.text.trim() === '' ? [] : [line.number])));
  return linesAsPosted(text).filter((line) => line.text.trim() !== '' && !left.has(line.number)).length;
}

/** Reads lines as one form, and accounts for those that were presentation. */
function readWhole(reader: Reader, text: string, posted: readonly PostedLine[], hint: ReaderHint): ReadCapture {
  // A prompt with its command, and a fence, stand around a listing.
  const lines = posted.map((line) => (isFence(line.text) || promptOf(line.text) !== undefined ? { ...line, text: '' } : line));
  const read = fromText(readLines(reader, lines, hint), hint);
  if (read.lines === undefined) return read;
  return { ...read, lines: { ...read.lines, passed: read.lines.passed + onlyPresentation(text, lines) } };
}

/** What was read, with the file's name at its evidence, where it is known. */
function fromText(read: ReadCapture, { name }: ReaderHint): ReadCapture {
  return name === undefined ? read : { ...read, value: capturedFrom(name, read.value) };
}

/** A line of a text that stands in another one, by that one's lines. */
function inPost(line: PostedLine, numbers: readonly number[]): PostedLine {
  return { ...line, number: numbers[line.number - 1] ?? numbers.at(-1) ?? 1, column: 0 };
}

/** What stands for what was left out: `...`, `[snip]`, `and 7 more`, `以下同様`, `3-5 too`, and whatever a person says in brackets: `(the same for all 80 cores)`. */
const LEFT_OUT =
  /^\s*(?:\W{0,3}\s?(?:\.{3}|…|snip|cut\b|truncated|repeat|and so on|same for|(?:and )?\d{1,4} more\b|etc\b|\d{1,3} ?(?:-|–|\.\.|to|bis) ?\d{1,3}\b)|.{0,12}(?:[中以下]略|省略|同[样様上じ]|usw\b)|[(（].*[)）]\s*$)/i;

/** Commands that show a part of what another one prints: `grep` has the Features line of each CPU. */
const FILTERS = { cpuinfo: /\b(?:head|tail|sed -n|awk)\b/, 'kernel-log': /\b(?:head|tail|[ef]?grep|rg|awk|sed)\b/ } as const;

/** Whether a command shows a part of a /proc/cpuinfo or a log, or a line within it says that there is more. */
function isExcerpt(form: keyof typeof FILTERS, posted: readonly PostedLine[]): boolean {
  const lines = posted.filter(({ text }) => text.trim() !== '');
  return lines.some(({ text }, index) => {
    if (LEFT_OUT.test(text)) return [-1, 1].some((step) => formOfLine(lines[index + step]?.text ?? '') === form);
    const command = promptOf(text)?.command;
    return command !== undefined && formOfCommand(command) === form && FILTERS[form].test(command);
  });
}

async function readText(posted: string, known: ReaderHint): Promise<ReadResult> {
  const { form, embedded } = await unwrap(posted);
  if (form !== undefined) return { ...fromText(readUnlessForeign(form.reader, posted, known), known), recognition: form };
  const lines = embedded === undefined ? peel(posted) : peel(embedded.text).map((line) => inPost(line, embedded.numbers));
  const read = await readPeeled(posted, embedded === undefined ? posted : '', lines, known);
  const { cpuinfo, cpuinfo32, log } = read.value;
  const told = withKernelInWords(read, lines);
  const parts = {
    ...((cpuinfo ?? cpuinfo32) !== undefined && isExcerpt('cpuinfo', lines) && { uncounted: true as const }),
    ...(log !== undefined && isExcerpt('kernel-log', lines) && { isLogPart: true as const }),
  };
  return { ...told, value: { ...told.value, ...parts } };
}

/** Adds the kernel that a person names, where no listing tells one and the text is of one machine. */
function withKernelInWords(read: ReadResult, lines: readonly PostedLine[]): ReadResult {
  const { value, others, diagnostics } = read;
  const isOpen = value.kernel?.release === undefined && others === undefined && diagnostics.every(({ code }) => code !== 'not-arm');
  const found = isOpen && Object.keys(value).length > 0 ? kernelInWords(lines) : undefined;
  if (found === undefined) return read;
  const { release, line } = found;
  const note: Diagnostic = {
    code: 'kernel-in-words',
    severity: 'note',
    where: `line ${line}`,
    message: `the kernel ${release} is taken from a sentence`,
  };
  const sources = { ...value.sources, kernel: 'a sentence' };
  return { ...read, value: { ...value, kernel: { ...value.kernel, release }, sources }, diagnostics: [...diagnostics, note] };
}

/** Reads what is left of a text without its presentation; `text` is empty where it stood in another one. */
async function readPeeled(posted: string, text: string, lines: readonly PostedLine[], known: ReaderHint): Promise<ReadResult> {
  const hint = openAtEnd(text, lines, known);
  const recognition = await recogniseFormat(textOf(lines));
  const pieces = splitPieces(lines);
  if (isWhole(recognition, pieces)) {
    const { reader } = recognition!;
    const listings = WITHOUT_LINES.has(reader.name) ? listingsOf(reader.name, lines) : [];
    if (listings.length > 1) return readListings({ listings, words: [] }, hint);
    return { ...readWhole(reader, text, lines, hint), recognition: recognition! };
  }
  const gathered = await gather(pieces);
  if (gathered.listings.length > 0) return readListings(gathered, hint);
  const isLikely = recognition !== undefined && recognition.confidence >= LIKELY;
  const likely = isLikely ? recognition : ((await recogniseName(posted, hint)) ?? recognition);
  return likely === undefined ? nothingIn(posted) : { ...readWhole(likely.reader, text, lines, hint), recognition: likely };
}

/** Says where a text ends without the end of a line. */
function openAtEnd(text: string, lines: readonly PostedLine[], hint: ReaderHint): ReaderHint {
  return { ...hint, ...given({ openAt: /[^\r\n]$/.test(text) ? lines.at(-1)?.number : undefined }) };
}

/** What the file's name says, where the content tells nothing. */
async function recogniseName(text: string, { name }: ReaderHint): Promise<Recognition | undefined> {
  const form = name === undefined || text.includes('\u0000') ? undefined : formOfName(name, text);
  return form === undefined ? undefined : { reader: await readerNamed(form), confidence: LIKELY };
}

/**
 * Reads a text of any known form, as it was posted; a text may hold several forms.
 *
 * @param from - The form, where it is known; else it is recognised. Beside it `name`, the file's name: evidence names it, and where the
 * content tells nothing it may tell the form.
 * @throws {ArmlensError} `unknown-name` if there is no form of that name. Nothing in the text makes it throw.
 *
 * @example
 * ```js
 * (await readAny('processor\t: 0\nFeatures\t: fp asimd\n')).recognition.reader.name // → 'cpuinfo'
 * ```
 */
export async function readAny(
  input: ReadInput,
  { from, name }: { readonly from?: string; readonly name?: string } = {},
): Promise<ReadResult> {
  const hint = given({ name });
  const named = from === undefined ? undefined : await readerNamed(from);
  if (typeof input !== 'string') {
    const found = await recogniseBytes(input, named);
    if (found !== undefined) return { ...found.reader.bytes!.read(input), recognition: found };
  }
  const text = typeof input === 'string' ? input : decodeText(input);
  const read = named === undefined ? await readText(text, hint) : readAs(named, text, hint);
  const { value, diagnostics } = withoutWindows(read.value);
  return { ...read, value, diagnostics: [...read.diagnostics, ...diagnostics] };
}

/** Reads a text as the form that it is said to be of. */
function readAs(reader: Reader, text: string, hint: ReaderHint): ReadResult {
  const recognition: Recognition = { reader, confidence: 1 };
  if (isJsonOf(text, reader)) return { ...fromText(readUnlessForeign(reader, text, hint), hint), recognition };
  const lines = peel(text);
  return { ...readWhole(reader, text, lines, openAtEnd(text, lines, hint)), recognition };
}

/** The reader of bytes that are no text. */
async function recogniseBytes(bytes: Uint8Array, named: Reader | undefined): Promise<Recognition | undefined> {
  if (named !== undefined)
    return named.bytes !== undefined && named.bytes.recognise(bytes) > 0 ? { reader: named, confidence: 1 } : undefined;
  const found = await recogniseFormat(bytes);
  return found?.reader.bytes !== undefined && found.reader.bytes.recognise(bytes) > 0 ? found : undefined;
}
