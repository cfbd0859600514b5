import { isAddOnName } from '../answers/guest/add-ons.ts';
import type { Capture, Evidence, FolderEntry, Listing } from '../answers/guest/capture.ts';
import { evidenceOf } from '../answers/guest/capture.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import { type CaptureKind, kindOf, PSCI_METHOD } from './capture-kind.ts';
import { parseCpuinfo } from './cpuinfo.ts';
import { parseDmesg } from './dmesg.ts';
import { parseDmidecode, parseDmiId } from './dmidecode.ts';
import { featuresLineReader } from './features-line-reader.ts';
import { parseFolderListing } from './folder-listing.ts';
import { parseIpLink } from './ip-link.ts';
import { parseLsblk } from './lsblk.ts';
import { guestFactsOfLscpu } from './lscpu-guest.ts';
import { parseLshw } from './lshw.ts';
import { parseLsmod } from './lsmod.ts';
import { parseLspci } from './lspci.ts';
import { parseLsusb } from './lsusb.ts';
import type { LineForm } from './posted/forms.ts';
import { peel } from './posted/peel.ts';
import { dedented, type Piece, splitPieces } from './posted/pieces.ts';
import { type PostedLine, placeInPost } from './posted/posted-line.ts';
import { parseRegisterDump } from './register-dump.ts';
import { textLines } from './text-lines.ts';
import { parseVirtioListing } from './virtio-listing.ts';

/** A file of a capture. */
export interface CaptureText {
  /** Relative to the capture, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What became of a file. */
export interface ReadFile {
  readonly path: string;
  readonly kind: CaptureKind;
  /** How many devices, lines or names it gave. */
  readonly count: number;
}

/** A capture, and how each of its files was read. */
export interface ReadCapture {
  readonly capture: Capture;
  readonly files: readonly ReadFile[];
}

type Draft = { -readonly [key in keyof Capture]: Capture[key] };

/** Where a kind of listing goes, and what reads it. */
interface Reader {
  readonly key:
    | 'cpuinfo'
    | 'log'
    | 'pci'
    | 'usb'
    | 'blocks'
    | 'modules'
    | 'hardware'
    | 'dmi'
    | 'interfaces'
    | 'folders'
    | 'virtio'
    | 'interrupts';
  read(text: string, file: string, folder?: string): Parsed<readonly unknown[]>;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const READERS: Readonly<Partial<Record<CaptureKind, Reader>>> = {
  cpuinfo: { key: 'cpuinfo', read: (text) => parseCpuinfo(bounded(text)) },
  'features-line': { key: 'cpuinfo', read: readFeaturesLine },
  dmesg: { key: 'log', read: parseDmesg },
  lspci: { key: 'pci', read: parseLspci },
  lsusb: { key: 'usb', read: parseLsusb },
  lsblk: { key: 'blocks', read: parseLsblk },
  lsmod: { key: 'modules', read: parseLsmod },
  lshw: { key: 'hardware', read: parseLshw },
  dmidecode: { key: 'dmi', read: parseDmidecode },
  'dmi-id': { key: 'dmi', read: (text, file) => parseDmiId(text, file, baseName(file)) },
  'ip-link': { key: 'interfaces', read: parseIpLink },
  ls: { key: 'folders', read: parseFolderListing },
  virtio: { key: 'virtio', read: parseVirtioListing },
  interrupts: { key: 'interrupts', read: parseDmesg },
};

/** A line of hwcaps as the listing of one CPU. */
function readFeaturesLine(text: string): Parsed<readonly CpuinfoEntry[]> {
  const { value, diagnostics } = featuresLineReader.read(bounded(text));
  return { value: [{ processor: 0, features: value.hwcaps?.names ?? [] }], diagnostics };
}

/** The most lines of files that have several for each CPU; those of 2,000 CPUs. */
const MAX_CPU_LINES = 20_000;

/** A text without what {@link textLines} leaves out. */
function bounded(text: string): string {
  return textLines(text)
    .lines.slice(0, MAX_CPU_LINES)
    .map((line) => line.text)
    .join('\n');
}

/** Adds rows to a listing; one that comes from several files keeps the name of the first. */
function merged<T>(before: Listing<T> | undefined, file: string, rows: readonly T[]): Listing<T> {
  return before === undefined ? { file, rows } : { file: before.file, rows: [...before.rows, ...rows] };
}

function readWord(draft: Draft, key: 'uname' | 'detectVirt' | 'psciMethod', { path, text }: CaptureText): number {
  const telling = key === 'psciMethod' ? PSCI_METHOD : /\S/;
  const line = textLines(text.replaceAll('\u0000', '')).lines.find((one) => telling.test(one.text));
  if (line === undefined || draft[key] !== undefined) return 0;
  draft[key] = { text: line.text.trim(), at: evidenceOf(path, line.number, line.text) };
  return 1;
}

function readRegisters(draft: Draft, { path, text }: CaptureText, found: Diagnostic[]): number {
  const { value, diagnostics } = parseRegisterDump(bounded(text));
  found.push(...diagnostics);
  if (value.machine.cpus.length > 0 && draft.registers === undefined) draft.registers = { file: path, machine: value.machine };
  return value.machine.cpus.length;
}

/** A part of a file that is one listing. */
interface Part extends CaptureText {
  readonly kind: CaptureKind;
  readonly lines: readonly PostedLine[];
  readonly folder?: string;
}

/** Evidence that names the line of the text as posted. */
function placed<T>(row: T, lines: readonly PostedLine[]): T {
  const { at } = row as { readonly at?: Evidence };
  const line = at?.line === undefined ? undefined : lines[at.line - 1];
  return line === undefined ? row : { ...row, at: { ...at, line: line.number } };
}

function readOne(draft: Draft, part: Part, found: Diagnostic[]): number {
  const { kind } = part;
  if (kind === 'uname') return readWord(draft, 'uname', part);
  if (kind === 'detect-virt') return readWord(draft, 'detectVirt', part);
  if (kind === 'psci-method') return readWord(draft, 'psciMethod', part);
  if (kind === 'registers') return readRegisters(draft, part, found);
  if (kind === 'lscpu') return readLscpu(draft, part);
  const reader = READERS[kind];
  if (reader === undefined) return 0;
  const { value, diagnostics } = reader.read(part.text, part.path, part.folder);
  found.push(...diagnostics.map((one) => ({ ...one, where: placeInPost(one.where, part.lines) })));
  const before = draft[reader.key] as Listing<unknown> | undefined;
  // A Features line tells nothing that a whole listing does not.
  if (kind === 'features-line' && before !== undefined) return 0;
  const rows = value.map((row) => placed(row, part.lines));
  // Each reader gives what its key holds.
  Object.assign(draft, { [reader.key]: merged(before, part.path, rows) });
  return rows.length;
}

/** What lscpu tells: the core and its hwcaps, where no /proc/cpuinfo does, and who made the machine and what is below. */
function readLscpu(draft: Draft, { path, text, lines }: Part): number {
  const { cpus, dmi, hypervisor } = guestFactsOfLscpu(text, path);
  if (cpus.length > 0) draft.cpuinfo ??= { file: path, rows: cpus };
  if (dmi.length > 0)
    draft.dmi = merged(
      draft.dmi,
      path,
      dmi.map((row) => placed(row, lines)),
    );
  if (hypervisor !== undefined) draft.detectVirt ??= placed(hypervisor, lines);
  return cpus.length + dmi.length + (hypervisor === undefined ? 0 : 1);
}

const KIND_OF_FORM: Readonly<Partial<Record<LineForm, CaptureKind>>> = { 'kernel-log': 'dmesg' };
const NOT_OF_GUESTS: ReadonlySet<LineForm> = new Set<LineForm>(['auxv', 'sigill', 'firmware-log', 'macos-sysctl', 'kernel-config']);

function partOf(path: string, { form, lines, folder }: Piece): Part {
  const kind = form === undefined || NOT_OF_GUESTS.has(form) ? 'unknown' : (KIND_OF_FORM[form] ?? (form as CaptureKind));
  return { path, kind, lines, text: lines.map(({ text }) => text).join('\n'), ...given({ folder }) };
}

/** Names of add-ons that a person writes of, between the listings. */
function addOnsInWords(path: string, pieces: readonly Piece[]): Listing<FolderEntry> | undefined {
  const rows = pieces
    .filter(({ form }) => form === undefined)
    .flatMap(({ lines }) =>
      lines.flatMap(({ number, text }) =>
        [...new Set(text.match(/[A-Za-z][\w-]{2,40}/g))].filter(isAddOnName).map((name) => ({ name, at: evidenceOf(path, number, text) })),
      ),
    );
  return rows.length === 0 ? undefined : { file: path, rows };
}

/** The listings in a file: one, as its name and its content say; or several, each as its lines say. */
function partsOf(file: CaptureText, draft: Draft): readonly Part[] {
  const own = kindOf(file);
  if (own === 'psci-method' || own === 'dmi-id' || file.text.trim() === '' || file.text.includes('\u0000')) {
    return [{ ...file, kind: own, lines: [] }];
  }
  const peeled = peel(file.text);
  const pieces = splitPieces(peeled);
  const formed = pieces.filter(({ form }) => form !== undefined);
  const lines = dedented(peeled);
  const text = lines.map((line) => line.text).join('\n');
  const kind = kindOf({ path: file.path, text });
  const forms = new Set(formed.map(({ form }) => form));
  const isWhole = forms.size === 0 || (forms.size === 1 && !formed.some(({ folder }) => folder !== undefined));
  if (isWhole && kind !== 'unknown') return [{ path: file.path, text, kind, lines }];
  if (formed.length === 0) return [{ path: file.path, text, kind, lines }];
  const named = addOnsInWords(file.path, pieces);
  if (named !== undefined) draft.folders = merged(draft.folders, file.path, named.rows);
  return formed.map((piece) => partOf(file.path, piece));
}

/**
 * Reads the files of a capture, each as what its name and its content say it is. Never throws; an unknown file is listed as such.
 *
 * @example
 * ```js
 * parseCapture([]).value.files // → []
 * ```
 */
export function parseCapture(files: readonly CaptureText[]): Parsed<ReadCapture> {
  const draft: Draft = {};
  const diagnostics: Diagnostic[] = [];
  const read = files.flatMap((file): readonly ReadFile[] =>
    partsOf(file, draft).map((part) => {
      const found: Diagnostic[] = [];
      const count = readOne(draft, part, found);
      for (const finding of found) {
        const where = finding.where === '' ? file.path : `${file.path}: ${finding.where}`;
        // One file must not drown the others.
        if (diagnostics.length < MAX_FINDINGS) diagnostics.push({ ...finding, where });
      }
      return { path: file.path, kind: part.kind, count };
    }),
  );
  return { value: { capture: draft, files: read }, diagnostics };
}

const MAX_FINDINGS = 1_000;
