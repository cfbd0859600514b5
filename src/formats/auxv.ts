import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { AUXV_TYPES, type Auxv, type AuxvEntry } from '../process/auxv.ts';

/** Bytes of one entry: type and value, one word each. */
function entrySize(bits: Auxv['bits']): number {
  return bits / 4;
}

/**
 * Writes an auxiliary vector as /proc/PID/auxv holds it: little-endian words, ended by AT_NULL. Of an entry that points at text only
 * the pointer is written.
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

/** Reads the bytes of /proc/PID/auxv. What follows AT_NULL is ignored, as programs do. */
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

/** Writes an auxiliary vector as the dynamic linker of glibc prints it under `LD_SHOW_AUXV=1`. */
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
  return /^(0x)?[0-9a-f]{1,16}$/i.test(value) ? { type, value: BigInt(`0x${value.replace(/^0x/i, '')}`) } : undefined;
}

/** Lines of the dynamic linker that depend on the process, not on the machine. */
const PROCESS_LINE =
  /^AT_(SYSINFO_EHDR|MINSIGSTKSZ|PAGESZ|PHDR|PHENT|PHNUM|BASE|FLAGS|ENTRY|UID|EUID|GID|EGID|SECURE|RANDOM|EXECFN|RSEQ_\w+)$/;

/** Reads what `LD_SHOW_AUXV=1` prints; lines that depend on the process are passed over. */
export function parseAuxvText(text: string, bits: Auxv['bits'] = 64): Parsed<Auxv> {
  const entries: AuxvEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const match = /^\s*(AT_(?:\w+|\?\?\? \(0x[0-9a-f]{1,8}\))):\s*(.*?)\s*$/.exec(line);
    if (match !== null && PROCESS_LINE.test(match[1]!)) continue;
    const entry = match === null ? undefined : textEntry(match[1]!, match[2]!);
    if (entry !== undefined) entries.push(entry);
    else {
      const message = `expected a line such as "AT_HWCAP2: 0x1f", got ${JSON.stringify(line.trim().slice(0, 40))}`;
      diagnostics.push({ code: 'bad-line', severity: 'error', where: `line ${i + 1}`, message });
    }
  }
  return { value: { bits, entries }, diagnostics };
}
