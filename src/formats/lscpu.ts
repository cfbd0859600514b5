import type { CapturedCore } from '../answers/capture.ts';
import { type DmiField, evidenceOf, type Word } from '../answers/guest/listings.ts';
import { namesOfLines } from '../answers/infer/line.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { timerOfBogoMips } from '../process/cpuinfo.ts';
import type { Core } from '../silicon/core.ts';
import { parseMidr } from '../silicon/midr.ts';
import { coreAlone } from './core-alone.ts';
import { coreCalled, implementerCode, midrByName } from './core-midr.ts';
import { cpusIn } from './cpu-list.ts';
import { areX86Flags, readNotArm } from './foreign-cpu.ts';
import { listedNames } from './hwcap-list.ts';
import { showJson } from './json-reader.ts';
import { LineAccount, lineShare, placeOf, textLines } from './line-account.ts';
import type { Capture, ReadCapture, Reader } from './reader.ts';
import { goesOn, joinWrapped } from './wrapped-names.ts';

/** One row of lscpu: a label without its colon, and what stands behind it. */
export interface LscpuField {
  readonly field: string;
  readonly data: string;
  /** The line of the text, from 1 on, where there are lines. */
  readonly line?: number;
  /** Whether the row stands below another one, as lscpu prints it since 2.37. */
  readonly isBelow?: true;
}

/** Writes rows as `lscpu` prints them, with the values in one column. */
export function formatLscpu(fields: readonly LscpuField[]): string {
  const width = Math.max(0, ...fields.map(({ field }) => field.length)) + 2;
  return fields.map(({ field, data }) => `${`${field}:`.padEnd(width)}${data}`.trimEnd()).join('\n') + (fields.length > 0 ? '\n' : '');
}

/** Writes rows as `lscpu -J` prints them. */
export function formatLscpuJson(fields: readonly LscpuField[]): string {
  return `${JSON.stringify({ lscpu: fields.map(({ field, data }) => ({ field: `${field}:`, data })) }, null, 3)}\n`;
}

/** The most rows that are kept; a machine of many cores and mitigations has a hundred. */
const MAX_FIELDS = 5_000;

/** A label of lscpu; new versions indent what belongs together. */
const LINE = /^\s*([\p{L}][\p{L}\p{M}\w()@ .,/'’«»-]{0,60}?)\s{0,40}:(?:\s{0,200}(.*))?$/u;

interface Rows {
  readonly fields: readonly LscpuField[];
  readonly account: LineAccount;
}

function readText(text: string): Rows {
  const { fields, account } = readRows(text);
  return { fields: inEnglish(fields), account };
}

function readRows(text: string): Rows {
  const fields: LscpuField[] = [];
  const account = new LineAccount();
  let flags: number | undefined;
  /** Set before the first row and by an empty line: lines that are no rows are then a person’s words around the listing. */
  let isApart = true;
  const isTranslated = !/^[ \t]*(?:Flags|Vendor ID)[ \t]*:/m.test(text);
  for (const line of textLines(text)) {
    if (line.text.trim() === '') {
      isApart = true;
      continue;
    }
    const match = LINE.exec(line.text);
    const row = flags === undefined ? undefined : fields[flags];
    flags = undefined;
    if (match === null && row !== undefined && goesOn(row.data, line.text, isApart)) {
      // A row goes on where no label stands; the break may be inside a name.
      flags = fields.indexOf(row);
      fields[flags] = { ...row, data: joinWrapped(row.data, line.text) };
      account.read();
      continue;
    }
    // `lscpu -p`, which is often pasted below, starts with comments and has numbers only.
    if (/^\s*(?:#|[\d,:.yYnN-]+\s*$)/.test(line.text.slice(0, 1000))) account.passed();
    else if (isApart && (match === null || !(isTranslated || isRow(match[1]!)))) {
      const message = `${showJson(line.text.trim())} stands outside of the listing`;
      account.reject({ code: 'outside', severity: 'note', where: placeOf(line.number, 0), message });
    } else if (match === null || fields.length >= MAX_FIELDS) account.unread(line, 'a row such as "Model name: Cortex-A72"');
    else {
      if (match[2] !== undefined && match[2].trim() !== '') isApart = false;
      const isBelow = /^\s/.test(line.text) || undefined;
      fields.push({ field: match[1]!, data: match[2]?.trim() ?? '', line: line.number, ...given({ isBelow }) });
      if (isFlags(match[1]!, match[2])) flags = fields.length - 1;
      if (NEEDED.has(match[1]!)) account.read();
      // What kernels say of vulnerabilities.
      else if (isTranslated || isRow(match[1]!) || /^(?:Not affected|Mitigation|Vulnerable|Unknown)\b/.test(match[2]!)) account.passed();
      else {
        const message = `lscpu has no row "${match[1]}" that is known here`;
        account.reject({ code: 'unknown-line', severity: 'note', where: placeOf(line.number, 0), message });
      }
    }
  }
  return { fields, account };
}

/**
 * Rows of lscpu in another language with the labels of the English one, told by what stands in them: the architecture, the maker, a core
 * of that maker, hwcaps. Rows that tell nothing so keep their labels.
 */
function inEnglish(fields: readonly LscpuField[]): readonly LscpuField[] {
  if (fields.some(({ field }) => field === 'Flags' || field === 'Vendor ID') || fields.every(({ field }) => isRow(field))) return fields;
  const known = namesOfLines();
  let vendor: string | undefined;
  let awaitsModel = false;
  let count: number | undefined;
  return fields.map((row, i): LscpuField => {
    const { field, data } = row;
    const words = data.split(/\s+/);
    const label = (name: string): LscpuField => ({ ...row, field: name });
    const isCount = count === undefined && /^\d{1,5}$/.test(data) && isCpuList(fields[i + 1]?.data, Number(data));
    const isModel = awaitsModel && /^\d{1,3}$/.test(data);
    awaitsModel = false;
    if (/^(?:aarch64|armv\d\w*)$/.test(data)) return label('Architecture');
    if (words.length >= 3 && words.filter((word) => known.has(word)).length * 2 > words.length) return label('Flags');
    if (isCount || (/^CPU(?:\(s\))?$/i.test(field) && /^\d{1,5}$/.test(data))) {
      count ??= Number(data);
      return label('CPU(s)');
    }
    if (vendor === undefined && implementerCode(data) !== undefined) {
      vendor = data;
      return label('Vendor ID');
    }
    if (isModel) return label('Model');
    if (/^r\d{1,2}p\d{1,2}$|^0x[0-9a-f]$/.test(data)) return label('Stepping');
    awaitsModel = vendor !== undefined && coreCalled(vendor, data) !== undefined;
    return awaitsModel ? label('Model name') : row;
  });
}

/** Whether a row lists as many CPUs as there are: `0-7` of 8. */
function isCpuList(data: string | undefined, count: number): boolean {
  return count > 0 && data === (count === 1 ? '0' : count === 2 ? '0,1' : `0-${count - 1}`);
}

/** Whether a row is that of the flags, in whatever language. */
function isFlags(label: string, data: string | undefined): boolean {
  return label === 'Flags' || /^\s*fp asimd\b/.test(data ?? '');
}

const NEEDED: ReadonlySet<string> = new Set([
  'Architecture',
  'CPU(s)',
  'On-line CPU(s) list',
  'Vendor ID',
  'Model name',
  'Model',
  'Stepping',
  'Flags',
  'BogoMIPS',
  'CPU op-mode(s)',
]);

/** Rows that say nothing of the CPU's features. */
const KNOWN =
  /^(?:Address sizes|Byte Order|Off-line CPU\(s\) list|BIOS .*|Machine type|CPU family|Thread\(s\) per .*|Core\(s\) per .*|Cluster\(s\)|Socket\(s\)|Book\(s\)|Drawer\(s\)|Frequency boost|CPU dynamic MHz|CPU static MHz|CPU(?:\(s\) scaling)? ?(?:max |min )?MHz|CPU(?:\(s\) scaling)? MHz|Physical .*|Virtualization(?: type)?|Virtualization features|Hypervisor(?: vendor)?|Dispatching mode|Caches.*|L\d[di]?(?: cache)?|L\d[di]? .*|NUMA(?: node.*)?|Vulnerabilit(?:y .*|ies)|Spec store bypass|Spectre v\d|Meltdown|Microcode version|Model.*)$/;

/** Whether lscpu has a row of this label. */
function isRow(label: string): boolean {
  return NEEDED.has(label) || KNOWN.test(label);
}

/** Reads what `lscpu` prints in English, the new indented form too; every row is kept. */
export function parseLscpu(text: string): Parsed<readonly LscpuField[]> {
  const { fields, account } = readText(text);
  return { value: fields.map(({ field, data }) => ({ field, data })), diagnostics: account.diagnostics };
}

function badJson(message: string, where = 'file'): Diagnostic {
  return { code: 'bad-json', severity: 'error', where, message };
}

/** Reads what `lscpu -J` prints; rows below a row follow it. */
export function parseLscpuJson(text: string): Parsed<readonly LscpuField[]> {
  let top: unknown;
  try {
    top = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { value: [], diagnostics: [badJson('the text is no JSON')] };
  }
  const rows = typeof top === 'object' && top !== null && Object.hasOwn(top, 'lscpu') ? (top as { lscpu: unknown }).lscpu : undefined;
  if (!Array.isArray(rows)) return { value: [], diagnostics: [badJson('expected an object with an array "lscpu"')] };
  const fields: LscpuField[] = [];
  const diagnostics: Diagnostic[] = [];
  // Children are put back in front of what is still to be read, so that depth costs no stack.
  const waiting: unknown[] = [...rows].reverse();
  while (waiting.length > 0 && fields.length < MAX_FIELDS) {
    const row = waiting.pop() as { readonly field?: unknown; readonly data?: unknown; readonly children?: unknown } | null;
    if (typeof row?.field !== 'string' || (row.data !== undefined && row.data !== null && typeof row.data !== 'string')) {
      diagnostics.push(badJson('expected rows with "field" and "data"', `lscpu[${fields.length}]`));
      if (diagnostics.length > 20) break;
      continue;
    }
    fields.push({ field: row.field.replace(/(?<!\s)\s*:\s*$/, ''), data: row.data ?? '' });
    if (Array.isArray(row.children)) for (const child of row.children.slice(0, MAX_FIELDS).reverse()) waiting.push(child);
  }
  return { value: fields, diagnostics };
}

/** `rNpM` of cores that are not Arm's own: lscpu gives the variant as Stepping and the revision as Model. */
function revisionOf(stepping: string, model: string): string | undefined {
  return /^\d{1,2}$/.test(model) ? `r${Number(stepping)}p${model}` : undefined;
}

/** The kinds of core that the rows tell of: each starts with `Model name`. */
function midrsOf(fields: readonly LscpuField[]): readonly bigint[] {
  const midrs: bigint[] = [];
  let [vendor, core, model] = ['', '', ''];
  for (const { field, data } of fields) {
    if (field === 'Vendor ID') vendor = data;
    else if (field === 'Model name') core = data;
    else if (field === 'Model') model = data;
    else if (field === 'Stepping') {
      const midr = midrByName(vendor, core, /^0x/i.test(data) ? revisionOf(data, model) : data);
      if (midr !== undefined && !midrs.includes(midr)) midrs.push(midr);
    }
  }
  return midrs;
}

/** The cores that rows name; `undefined` for a name that is not known. */
function coresIn(fields: readonly LscpuField[]): ReadonlySet<Core | undefined> {
  const cores = new Set<Core | undefined>();
  let vendor = '';
  for (const { field, data } of fields) {
    if (field === 'Vendor ID') vendor = data;
    else if (field === 'Model name') cores.add(coreCalled(vendor, data));
  }
  return cores;
}

/**
 * Whether the core that lscpu names may be one of several: where another kind has no name, or none that is known, and before 2.37, with
 * rows that stand below no other, it names one CPU's. Sockets are then clusters, and Arm's cores for phones and boards are put together
 * with others.
 */
function isOneOfSeveral(fields: readonly LscpuField[]): boolean {
  const dataOf = (name: string): string | undefined => fields.find(({ field }) => field === name)?.data;
  if (coresIn(fields).has(undefined)) return true;
  const isFlat = fields.every(({ line, isBelow }) => line !== undefined && isBelow === undefined);
  return isFlat && Number(dataOf('Socket(s)') ?? 1) > 1 && /^Cortex-A/.test(dataOf('Model name') ?? '');
}

/** What rows tell of cores: which all CPUs are, or which there are. */
function toldCores(
  fields: readonly LscpuField[],
  midrs: readonly bigint[],
  online?: readonly number[],
): Pick<Capture, 'midrs' | 'cores' | 'cpuinfo' | 'uncounted'> {
  if (midrs.length > 0 && !isOneOfSeveral(fields)) return { midrs };
  // Without its revision a core is a core all the same.
  const kinds: readonly CapturedCore[] =
    midrs.length > 0 ? midrs.map(parseMidr) : [...coresIn(fields)].filter((core) => core !== undefined);
  const cores = kinds.map(({ implementer, part, variant, revision }) => ({ implementer, part, ...given({ variant, revision }) }));
  const [only, ...others] = cores;
  if (only === undefined) return {};
  if (others.length > 0 || isOneOfSeveral(fields)) return { cores };
  // The CPUs that run are all of the one kind that is named.
  return online === undefined ? coreAlone(only) : { cpuinfo: online.map((processor) => ({ processor, features: [], ...only })) };
}

/** What lscpu says of the modes of a CPU: whether the kernel lets it be a 32-bit program (`personality(PER_LINUX32)`). */
function modesOf(fields: readonly LscpuField[]): Pick<Capture, 'runs32'> {
  const dataOf = (name: string): string | undefined => fields.find(({ field }) => field === name)?.data;
  if (dataOf('Architecture') !== 'aarch64') return {};
  const modes = dataOf('CPU op-mode(s)');
  return modes === '64-bit' ? { runs32: false } : modes === '32-bit, 64-bit' ? { runs32: true } : {};
}

function captureOf(fields: readonly LscpuField[]): Capture {
  const dataOf = (name: string): string | undefined => fields.find(({ field }) => field === name)?.data;
  const midrs = midrsOf(fields);
  // Docker counts in a row of its own.
  const count = Number(/^\d{1,5}$/.exec(dataOf('CPU(s)') ?? dataOf('CPUs') ?? '')?.[0] ?? 0);
  const flags = dataOf('Flags');
  const listed = flags === undefined ? undefined : listedNames(flags);
  const architecture = dataOf('Architecture');
  const cores = [...new Set(fields.filter(({ field, data }) => field === 'Model name' && data !== '-').map(({ data }) => data))];
  const timerHz = timerOfBogoMips(/^\d{1,6}\.\d\d$/.exec(dataOf('BogoMIPS') ?? '')?.[0] ?? '0');
  const implementer = implementerCode(dataOf('Vendor ID') ?? '');
  const online = cpusIn(dataOf('On-line CPU(s) list'));
  const told = toldCores(fields, midrs, online);
  const isArm32 = /^arm(?!64)/.test(architecture ?? '');
  return {
    ...(cores.length === 0 ? {} : { title: cores.join(' + ').slice(0, 200) }),
    ...(told.midrs === undefined ? given({ implementer }) : {}),
    ...told,
    ...(count === 0 ? {} : { cpuCount: count }),
    ...given({ online }),
    ...modesOf(fields),
    ...(timerHz === undefined ? {} : { environment: { timerHz } }),
    ...(listed === undefined || listed.names.length === 0 ? {} : isArm32 ? { compat: listed } : { hwcaps: listed }),
  };
}

/** What lscpu tells of SMBIOS, and how dmidecode calls it. */
const SMBIOS: Readonly<Record<string, string>> = { 'BIOS Vendor ID': 'Manufacturer', 'BIOS Model name': 'Product Name' };

/** What tells of a guest: SMBIOS' words on the CPU, and the hypervisor that lscpu names, or a row of hostnamectl alone. */
function guestFactsOf(fields: readonly LscpuField[]): Pick<Capture, 'dmi' | 'detectVirt'> {
  const dmi: DmiField[] = [];
  let detectVirt: Word | undefined;
  for (const { field, data, line = 1 } of fields) {
    const at = evidenceOf('', line, `${field}: ${data}`);
    const name = SMBIOS[field];
    if (name !== undefined) dmi.push({ structure: 'System Information', name, value: data, at });
    if (field === 'Hypervisor vendor' || (field === 'Virtualization' && /^[a-z-]+$/.test(data)))
      // The first WSL runs on Windows' kernel and no hypervisor; systemd-detect-virt calls it so.
      detectVirt ??= { text: data.toLowerCase().replace('windows subsystem for linux', 'wsl'), at };
  }
  return given({ dmi: dmi.length === 0 ? undefined : { file: '', rows: dmi }, detectVirt });
}

/** The architecture that the rows name, if it is none of Arm's. */
function foreignArchitecture(fields: readonly LscpuField[]): string | undefined {
  const architecture = fields.find(({ field }) => field === 'Architecture')?.data;
  // One word is an architecture, as is Debian's with the kernel's; others are of a tool that has a row of that name, too.
  if (architecture === undefined || !/^[\w-]+(?: \(\w+\))?$/.test(architecture)) return undefined;
  const spelt = architecture.toLowerCase();
  // The row may be cut.
  const isArm = ['aarch64', 'arm'].some((name) => name.startsWith(spelt) || spelt.startsWith(name));
  return isArm ? undefined : architecture.slice(0, 40);
}

/** Whether flags are an Arm kernel's: a program for another machine that is emulated sees its own architecture, and the kernel's Features line. */
function areArmFlags(flags: readonly string[]): boolean {
  const known = namesOfLines();
  return flags.filter((flag) => known.has(flag)).length > flags.length / 2;
}

function emulated(name: string): Diagnostic {
  const message = `the architecture is ${name}, and the flags are an Arm kernel's: a program for ${name} was emulated on an Arm machine`;
  return { code: 'emulated-programs', severity: 'warning', where: 'Architecture', message };
}

/** Whether rows without English labels are those of an Arm machine: one is the architecture, one is a list of hwcaps. */
function isInAnotherLanguage(head: string): boolean {
  if (!/[:：]\s*(?:aarch64|armv8l)\s*$/m.test(head)) return false;
  return inEnglish(readRows(head).fields).some(({ field }) => field === 'Flags');
}

const isJson = (text: string): boolean => /^\ufeff?\s*\{\s*"lscpu"\s*:/.test(text.slice(0, 1000));

function finish(fields: readonly LscpuField[], diagnostics: readonly Diagnostic[]): ReadCapture {
  const flags = fields.find(({ field }) => field === 'Flags')?.data.split(/\s+/) ?? [];
  // A program for Arm that is emulated sees its own architecture, and the host's flags.
  const foreign = foreignArchitecture(fields) ?? (areX86Flags(flags) ? 'x86' : undefined);
  if (foreign !== undefined && !areArmFlags(flags)) {
    const { value, diagnostics: wrong } = readNotArm(foreign, 'Architecture');
    return { value, diagnostics: [...diagnostics, ...wrong] };
  }
  return {
    value: { ...captureOf(fields), ...guestFactsOf(fields) },
    diagnostics: foreign === undefined ? diagnostics : [...diagnostics, emulated(foreign)],
  };
}

/** What lscpu prints: text or JSON. */
export const lscpuReader: Reader = {
  name: 'lscpu',
  title: "lscpu's output",
  recognise(head) {
    if (isJson(head)) return 0.99;
    const marks = head.match(
      /^[ \t]*(?:Architecture|CPU op-mode\(s\)|Byte Order|CPU\(s\)|On-line CPU\(s\) list|Vendor ID|Model name|Stepping|Thread\(s\) per (?:core|cluster|socket)|BogoMIPS|Flags):\s/gm,
    );
    if (marks === null || marks.length < 3) return isInAnotherLanguage(head) ? 0.85 : 0;
    let data = '';
    const share = lineShare(head, (line) => {
      const row = LINE.exec(line);
      if (row === null && !goesOn(data, line)) return 'other';
      data = row?.[2] ?? data;
      return 'row';
    })('row');
    return 0.5 + 0.45 * share;
  },
  read(text) {
    if (isJson(text)) {
      const { value, diagnostics } = parseLscpuJson(text);
      return finish(value, diagnostics);
    }
    const { fields, account } = readText(text);
    return { ...finish(fields, account.diagnostics), lines: account.lines };
  },
};
