import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { AUXV_TYPES, type Auxv, type AuxvEntry } from '../process/auxv.ts';
import { LineAccount, lineShare, textLines } from './line-account.ts';
import { isOtherDiagnostic, LinkerDiagnostics } from './linker-diagnostics.ts';
import type { Capture, Reader } from './reader.ts';

/** Bytes of one entry: type and value, one word each. */
function entrySize(bits: Auxv['bits']): number {
  return bits / 4;
}

/**
 * Writes an auxiliary vector as /proc/PID/auxv holds it: little-endian words, ended by AT_NULL. Of an entry that points at text only
 * the pointer is written.
 *
 * @example
 * ```js
 * formatAuxv({ bits: 64, entries: [] }).length // → 16
 * ```
 */
export function formatAuxv({ bits, entries }: Auxv): Uint8Array {
  const size = entrySize(bits);
  const bytes = new Uint8Array((entries.length + 1) * size);
  const view = new DataView(bytes.buffer);
  for (const [i, { type, value }] of entries.entries()) {
    if (bits === 64) {
      view.setBigUint64(i * size, BigInt(type), true);
      view.setBigUint64(i * size + 8, value, true);
    } else {
      view.setUint32(i * size, type, true);
      view.setUint32(i * size + 4, Number(value & 0xffff_ffffn), true);
    }
  }
  return bytes;
}

function readEntry(view: DataView, at: number, bits: Auxv['bits']): { readonly type: bigint; readonly value: bigint } {
  if (bits === 64) return { type: view.getBigUint64(at, true), value: view.getBigUint64(at + 8, true) };
  return { type: BigInt(view.getUint32(at, true)), value: BigInt(view.getUint32(at + 4, true)) };
}

/**
 * Reads the bytes of /proc/PID/auxv. What follows AT_NULL is ignored, as programs do.
 *
 * @example
 * ```js
 * parseAuxv(formatAuxv({ bits: 64, entries: [{ type: 16, value: 0x887n }] }), 64).value.entries[0].value // → 0x887n
 * ```
 */
export function parseAuxv(bytes: Uint8Array, bits: Auxv['bits']): Parsed<Auxv> {
  const size = entrySize(bits);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: AuxvEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    const { type, value } = readEntry(view, at, bits);
    if (type === BigInt(AUXV_TYPES.AT_NULL)) return { value: { bits, entries }, diagnostics };
    if (type > 0xffff_ffffn) {
      const message = `no entry has the type ${type}; is this the vector of a ${96 - bits}-bit process?`;
      diagnostics.push({ code: 'bad-auxv-type', severity: 'error', where: `byte ${at}`, message });
      return { value: { bits, entries }, diagnostics };
    }
    entries.push({ type: Number(type), value });
  }
  const message = 'the vector has no AT_NULL at its end; it may be cut short';
  diagnostics.push({ code: 'no-at-null', severity: 'warning', where: `byte ${bytes.length}`, message });
  return { value: { bits, entries }, diagnostics };
}

/** How the dynamic linker labels an entry, and whether it prints `0x`. */
const LABELS: Readonly<Record<number, readonly [label: string, prefix: string]>> = {
  [AUXV_TYPES.AT_HWCAP]: ['AT_HWCAP', ''],
  [AUXV_TYPES.AT_HWCAP2]: ['AT_HWCAP2', '0x'],
  [AUXV_TYPES.AT_HWCAP3]: ['AT_HWCAP3', '0x'],
  [AUXV_TYPES.AT_CLKTCK]: ['AT_CLKTCK', ''],
  [AUXV_TYPES.AT_PLATFORM]: ['AT_PLATFORM', ''],
};

const LABEL_WIDTH = 22;

function showValue({ type, value, text }: AuxvEntry): string {
  if (text !== undefined) return text;
  return type === AUXV_TYPES.AT_CLKTCK ? value.toString() : value.toString(16);
}

/**
 * Writes an auxiliary vector as the dynamic linker of glibc prints it under `LD_SHOW_AUXV=1`.
 *
 * @example
 * ```js
 * formatAuxvText({ bits: 64, entries: [{ type: 16, value: 0x887n }] }).includes('887') // → true
 * ```
 */
export function formatAuxvText({ entries }: Auxv): string {
  return entries
    .map((entry) => {
      const [label, prefix] = LABELS[entry.type] ?? [`AT_??? (0x${entry.type.toString(16)})`, '0x'];
      const head = entry.type in LABELS ? `${label}:`.padEnd(LABEL_WIDTH) : `${label}: `;
      return `${head}${prefix}${showValue(entry)}\n`;
    })
    .join('');
}

function textEntry(label: string, value: string): AuxvEntry | undefined {
  const known = Object.entries(LABELS).find(([, [name]]) => name === label)?.[0];
  const type = known === undefined ? Number(/^AT_\?\?\? \((0x[0-9a-f]{1,8})\)$/.exec(label)?.[1] ?? Number.NaN) : Number(known);
  if (Number.isNaN(type)) return undefined;
  if (type === AUXV_TYPES.AT_PLATFORM) return { type, value: 0n, text: value };
  if (type === AUXV_TYPES.AT_CLKTCK) return /^\d{1,10}$/.test(value) ? { type, value: BigInt(value) } : undefined;
  // Android's linker prints words of bits.
  if (/^0b[01]{1,64}$/.test(value)) return { type, value: BigInt(value) };
  if (!/^(0x)?[0-9a-f]{1,16}$/i.test(value)) return undefined;
  const told = /^0x/i.test(value);
  const read = BigInt(told ? value : `0x${value}`);
  return { type, value: told || type !== AUXV_TYPES.AT_HWCAP || isLikely(read) ? read : (wordOf(value) ?? read) };
}

/** Lines of the dynamic linker that depend on the process or on the caches, not on the CPU's features. */
const PROCESS_LINE =
  /^AT_(?:NULL|IGNORE|EXECFD|SYSINFO(?:_EHDR)?|MINSIGSTKSZ|PAGESZ|PHDR|PHENT|PHNUM|BASE|FLAGS|ENTRY|NOTELF|UID|EUID|GID|EGID|SECURE|RANDOM|EXECFN|FPUCW|BASE_PLATFORM|RSEQ_\w{1,30}|L\d\w?_CACHE\w{1,20}|\?\?\? \(0x(?:33|1b|1c)\))$/;

/** Names that the dynamic linker of 32-bit glibc prints for AT_HWCAP, where /proc/cpuinfo spells them otherwise. */
const RESPELT: ReadonlyMap<string, string> = new Map([['fast-mult', 'fastmult']]);

const LINE = /^\s*(AT_(?:\w{1,40}|\?\?\? \(0x[0-9a-f]{1,8}\))):?(?:\s(.*))?$/;

/** `16   AT_HWCAP             Machine-dependent CPU capability hints 0x887`, as gdb's `info auxv` prints an entry. */
const GDB = /^\s*\d{1,3} +(AT_\w{1,40}) .{0,60} (?:0x[0-9a-f]{1,16} (?=")|(?=0x|\d))(0x[0-9a-f]{1,16}|\d{1,20}|".{0,200}")\s*$/;

/** A line as the dynamic linker would print it. */
const ofLinker = (text: string): string => text.slice(0, 400).replace(GDB, (_, label, value) => `${label}: ${value.replaceAll('"', '')}`);

/** `getauxval(AT_HWCAP) = 0x887`, `dl_hwcap2=0x0`, `HWCAP: 0x887`, `getauxval(16) = 2047`: a word of hwcaps anywhere in a line. */
const LOOSE =
  /(?<![A-Za-z0-9])(?:(?:AT_|dl_|elf_)?hwcap([23])?|getauxval\((?:16|(26))\))["')\]]{0,3}\s{0,20}(?:(?:[:=]{1,2}|->|is|returns)?\s{0,20}0x([0-9a-f]{1,16})(?![0-9a-f])|(?:[:=]{1,2}|->|is|returns)\s{0,20}(\d[0-9a-f]{0,15})(?![\w.]))/gi;

const WORD_TYPES: readonly number[] = [AUXV_TYPES.AT_HWCAP, AUXV_TYPES.AT_HWCAP2, AUXV_TYPES.AT_HWCAP3];

/** Bits of AT_HWCAP that are set or not together: sha1 and sha2, fphp and asimdhp. */
const PAIRS = [0x60n, 0x600n];

/** Whether a kernel may give a word: one of a number that was read in the wrong base lacks fp or asimd, half a pair, or aes where pmull is. */
function isLikely(word: bigint): boolean {
  return (word & 3n) === 3n && (word & 0x18n) !== 0x10n && PAIRS.every((pair) => [0n, pair].includes(word & pair));
}

/** The word that digits without `0x` are: programs print it in either base. `undefined` where both may be. */
function wordOf(digits: string): bigint | undefined {
  const words = [`0x${digits}`, ...(/^\d+$/.test(digits) ? [digits] : [])].map(BigInt).filter(isLikely);
  return words[0] === (words[1] ?? words[0]) ? words[0] : undefined;
}

/** The words of hwcaps that a line of any other form names. */
export function hwcapWordsIn(text: string): readonly AuxvEntry[] {
  const plain = text.slice(0, 4000);
  // 7-Zip: `hwcap:119FFF:CRC32:SHA1:SHA2:AES:ASIMD hwcap2:1`
  const shown = / hwcap:[\dA-F]{2,16}(?::\w{2,8}){0,8}:ASIMD\b/.test(plain) ? plain.replace(/ (hwcap2?):(?=[\dA-F])/g, ' $1=0x') : plain;
  return [...shown.matchAll(LOOSE)].flatMap(([, vector, second, hex, digits = '']) => {
    const index = Number(vector ?? (second ? 2 : 1)) - 1;
    // Of the other words only what is the same in either base is taken.
    const value = hex !== undefined ? BigInt(`0x${hex}`) : index === 0 ? wordOf(digits) : digits.length === 1 ? BigInt(digits) : undefined;
    return value === undefined ? [] : [{ type: WORD_TYPES[index]!, value }];
  });
}

/** Whether a line names a word of hwcaps. */
export function hasHwcapWord(text: string): boolean {
  return LINE.test(ofLinker(text)) || hwcapWordsIn(text).length > 0;
}

interface AuxvText {
  readonly entries: readonly AuxvEntry[];
  /** Names of AT_HWCAP, where the dynamic linker prints names. */
  readonly names?: readonly string[];
  readonly linker: LinkerDiagnostics;
  readonly account: LineAccount;
  /** Whether it has more of a vector than words of hwcaps. */
  readonly isVector: boolean;
}

function readText(text: string): AuxvText {
  const entries: AuxvEntry[] = [];
  const account = new LineAccount();
  const linker = new LinkerDiagnostics(WORD_TYPES);
  let names: readonly string[] | undefined;
  /** Whether a line of something else held a word: then others of it hold none. */
  let isLoose = false;
  let isVector = false;
  for (const line of textLines(text)) {
    if (line.text.trim() === '') continue;
    const taken = linker.take(line.text);
    if (taken !== undefined) {
      account[taken]();
      continue;
    }
    const match = LINE.exec(ofLinker(line.text));
    const [label, value] = [match?.[1] ?? '', match?.[2]?.trim() ?? ''];
    const entry = match === null ? undefined : textEntry(label, value);
    if (entry !== undefined && entries.length < MAX_ENTRIES) {
      entries.push(entry);
      isVector ||= !WORD_TYPES.includes(entry.type);
      account.read();
    } else if (match !== null && PROCESS_LINE.test(label)) {
      isVector = true;
      account.passed();
    } else if (label === 'AT_HWCAP' && /^[a-z][a-z\d-]*(?: [a-z\d][a-z\d-]*)+$/.test(value)) {
      names = value.split(' ').map((name) => RESPELT.get(name) ?? name);
      account.read();
    } else {
      const loose = hwcapWordsIn(line.text);
      entries.push(...loose.slice(0, MAX_ENTRIES - entries.length));
      isLoose ||= loose.length > 0;
      if (loose.length > 0) account.read();
      else if (isOtherDiagnostic(line.text) || (isLoose && !/\bAT_|hwcap/i.test(line.text))) account.passed();
      else account.unread(line, 'a line such as "AT_HWCAP2: 0x1f"');
    }
  }
  // The vector itself goes before what the linker keeps of it.
  return { entries: [...linker.entries, ...entries].slice(0, MAX_ENTRIES), linker, account, isVector, ...given({ names }) };
}

/** The most entries that are kept; a kernel gives some twenty. */
const MAX_ENTRIES = 256;

/**
 * Reads what `LD_SHOW_AUXV=1` prints; lines that depend on the process are passed over.
 *
 * @example
 * ```js
 * parseAuxvText('AT_HWCAP:    887\n').value.entries[0].value // → 0x887n
 * ```
 */
export function parseAuxvText(text: string, bits: Auxv['bits'] = 64): Parsed<Auxv> {
  const { entries, account } = readText(text);
  return { value: { bits, entries }, diagnostics: account.diagnostics };
}

/** The hwcap words of a vector, up to the first that it does not have. */
export function hwcapWords(entries: readonly AuxvEntry[]): readonly bigint[] {
  const words: bigint[] = [];
  for (const type of [AUXV_TYPES.AT_HWCAP, AUXV_TYPES.AT_HWCAP2, AUXV_TYPES.AT_HWCAP3]) {
    const value = entries.find((entry) => entry.type === type)?.value;
    if (value === undefined) break;
    words.push(value);
  }
  return words;
}

function captureOf({ bits, entries }: Auxv, names?: readonly string[], isVector = true): Capture {
  const words = hwcapWords(entries);
  if (words.length === 0 && names === undefined) return {};
  const isLone = words.length === 1 && !isVector;
  const hwcaps = { ...(words.length === 0 ? {} : { words }), ...(isLone && { isLone }), ...given({ names }) };
  // The dynamic linker prints names for 32-bit programs alone; others print them as /proc/cpuinfo does.
  const isCompat = names !== undefined && !names.includes('asimd');
  return bits === 32 || isCompat ? { compat: hwcaps } : { hwcaps };
}

/** AT_PAGESZ, which every vector has. */
const AT_PAGESZ = 6;

/** The width of a vector in bytes, or `undefined` if these are no auxiliary vector. */
function widthOf(bytes: Uint8Array): Auxv['bits'] | undefined {
  for (const bits of [64, 32] as const) {
    const { value, diagnostics } = parseAuxv(bytes.subarray(0, MAX_ENTRIES * entrySize(bits)), bits);
    const page = value.entries.find(({ type }) => type === AT_PAGESZ)?.value;
    const hasTypes = value.entries.length > 0 && value.entries.every(({ type }) => type <= 64);
    const hasPage = page === undefined || [4096n, 16384n, 65536n].includes(page);
    if (diagnostics.length === 0 && hasTypes && hasPage && value.entries.some(({ type }) => type === AUXV_TYPES.AT_HWCAP)) return bits;
  }
  return undefined;
}

/** The auxiliary vector of a process: as the dynamic linker prints it, or the bytes of /proc/PID/auxv. */
export const auxvReader: Reader = {
  name: 'auxv',
  title: 'an auxiliary vector',
  recognise(head) {
    if (/^(?:auxv\[0x0\]\.a_type|dl_hwcap)=0x/m.test(head)) return 0.9;
    const share = lineShare(head, (line) => (LINE.test(ofLinker(line)) ? 'auxv' : 'other'))('auxv');
    return share === 0 ? 0 : 0.3 + 0.69 * share;
  },
  read(text) {
    const { entries, names, account, linker, isVector } = readText(text);
    const platform = entries.find(({ type }) => type === AUXV_TYPES.AT_PLATFORM)?.text;
    const bits = /^v\d/.test(platform ?? '') ? 32 : 64;
    const { midrs, kernel } = linker;
    const value = { ...captureOf({ bits, entries }, names, isVector), ...given({ midrs, kernel }) };
    return { value, diagnostics: account.diagnostics, lines: account.lines };
  },
  bytes: {
    recognise: (head) => (widthOf(head) === undefined ? 0 : 0.99),
    read(bytes) {
      const { value, diagnostics } = parseAuxv(bytes.subarray(0, MAX_ENTRIES * 16), widthOf(bytes) ?? 64);
      return { value: captureOf(value), diagnostics };
    },
  },
};
