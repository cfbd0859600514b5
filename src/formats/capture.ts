import type { Capture, Listing } from '../answers/guest/capture.ts';
import { evidenceOf } from '../answers/guest/capture.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { type CaptureKind, kindOf, PSCI_METHOD } from './capture-kind.ts';
import { parseCpuinfo } from './cpuinfo.ts';
import { parseDmesg } from './dmesg.ts';
import { parseDmidecode, parseDmiId } from './dmidecode.ts';
import { parseFolderListing } from './folder-listing.ts';
import { parseIpLink } from './ip-link.ts';
import { parseLsblk } from './lsblk.ts';
import { parseLshw } from './lshw.ts';
import { parseLsmod } from './lsmod.ts';
import { parseLspci } from './lspci.ts';
import { parseLsusb } from './lsusb.ts';
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
  read(text: string, file: string): Parsed<readonly unknown[]>;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const READERS: Readonly<Partial<Record<CaptureKind, Reader>>> = {
  cpuinfo: { key: 'cpuinfo', read: (text) => parseCpuinfo(bounded(text)) },
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

function readOne(draft: Draft, file: CaptureText, kind: CaptureKind, found: Diagnostic[]): number {
  if (kind === 'uname') return readWord(draft, 'uname', file);
  if (kind === 'detect-virt') return readWord(draft, 'detectVirt', file);
  if (kind === 'psci-method') return readWord(draft, 'psciMethod', file);
  if (kind === 'registers') return readRegisters(draft, file, found);
  const reader = READERS[kind];
  if (reader === undefined) return 0;
  const { value, diagnostics } = reader.read(file.text, file.path);
  found.push(...diagnostics);
  const before = draft[reader.key] as Listing<unknown> | undefined;
  // Each reader gives what its key holds.
  Object.assign(draft, { [reader.key]: merged(before, file.path, value) });
  return value.length;
}

/** Reads the files of a capture, each as what its name and its content say it is. Never throws; an unknown file is listed as such. */
export function parseCapture(files: readonly CaptureText[]): Parsed<ReadCapture> {
  const draft: Draft = {};
  const diagnostics: Diagnostic[] = [];
  const read = files.map((file): ReadFile => {
    const kind = kindOf(file);
    const found: Diagnostic[] = [];
    const count = readOne(draft, file, kind, found);
    for (const finding of found) {
      const where = finding.where === '' ? file.path : `${file.path}: ${finding.where}`;
      // One file must not drown the others.
      if (diagnostics.length < MAX_FINDINGS) diagnostics.push({ ...finding, where });
    }
    return { path: file.path, kind, count };
  });
  return { value: { capture: draft, files: read }, diagnostics };
}

const MAX_FINDINGS = 1_000;
