import { given } from '../../given.ts';
import { isHwcapList } from '../hwcap-list.ts';
import type { Reader } from '../reader.ts';
import { type Recognition, recogniseFormat } from '../readers.ts';
import { textLines } from '../text-lines.ts';

/** The deepest nesting, and the most strings, that are looked at. */
const MAX_DEPTH = 12;
const MAX_STRINGS = 50_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Values of JSON, one a line, as journalctl and container engines write them. */
function parsedLines(text: string): readonly unknown[] | undefined {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^\s*- (?=\{)/, ''));
  if (lines.length === 0 || lines.length > MAX_STRINGS || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return undefined;
  const values = lines.map(parsed);
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** A text in a value, and a string by which its place in the JSON is found. */
interface Found {
  readonly text: string;
  readonly mark: string;
}

/** A text that stands in another one. */
export interface EmbeddedText {
  readonly text: string;
  /** For each of its lines the line of the text as posted, from 1 on. */
  readonly numbers: readonly number[];
}

/** How much of a string is looked for, in characters. */
const MARKED = 40;

/** Puts texts together, and finds the line of each in the text that holds them, in one pass. */
function placed(found: readonly Found[], posted: string): EmbeddedText {
  const numbers: number[] = [];
  let [at, line] = [0, 1];
  for (const { text, mark } of found) {
    const next = posted.indexOf(JSON.stringify(mark.slice(0, MARKED)).slice(1, -1), at);
    for (; at < next; at++) if (posted.charCodeAt(at) === LINE_FEED) line++;
    for (let i = text.split('\n').length; i > 0; i--) numbers.push(line);
  }
  return { text: found.map(({ text }) => text).join('\n'), numbers };
}

const LINE_FEED = 10;

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A message of `dmesg --json`, of journalctl or of a container's log. */
function messageOfRow(row: Row): string | undefined {
  if (typeof row.msg === 'string' && typeof row.time === 'number') return `[${row.time.toFixed(6).padStart(12)}] ${row.msg}`;
  if (typeof row.MESSAGE === 'string') return row.MESSAGE;
  if (typeof row.msg === 'string' && typeof row.dt === 'string') return row.msg;
  return typeof row.log === 'string' ? row.log.replace(/\n$/, '') : undefined;
}

/** The fewest strings of a list that are taken for the lines of a text, or for names. */
const FEWEST = 3;

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A list of strings is one of names, or of lines. */
function fromList(value: readonly string[]): readonly Found[] {
  const areNames = value.every((one) => /^[a-z][a-z0-9]{0,19}$/.test(one));
  return areNames ? [{ text: value.join(' '), mark: value[0]! }] : value.map((text) => ({ text, mark: text }));
}

/** Rows of /proc/cpuinfo or lscpu as members of an object. */
const ROW_NAMES =
  /^(?:processor|BogoMIPS|Features|CPU (?:implementer|architecture|variant|part|revision)|Architecture|CPU\(s\)|Vendor ID|Model name|Model|Stepping|Flags):?$/i;

/** What py-cpuinfo calls such rows. */
const RESPELT: Readonly<Record<string, string>> = {
  arch_string_raw: 'Architecture',
  vendor_id_raw: 'Vendor ID',
  brand_raw: 'Model name',
  count: 'CPU(s)',
  flags: 'Flags',
};

/** The fewest rows that make an object a CPU's. */
const FEWEST_ROWS = 3;

function rowsOf(row: Row): string | undefined {
  const isOfTool = row.arch_string_raw !== undefined;
  const named = Object.entries(row).map(([key, value]) => [isOfTool ? (RESPELT[key] ?? '') : key, value] as const);
  const rows = named.filter(
    ([key, value]) => ROW_NAMES.test(key) && (typeof value === 'string' || typeof value === 'number' || isListOfStrings(value)),
  );
  if (rows.length < FEWEST_ROWS) return undefined;
  const shown = ([key, value]: readonly [string, unknown]): string =>
    `${key.replace(/:$/, '')}: ${isListOfStrings(value) ? value.join(' ') : String(value)}`;
  return `${rows.map(shown).join('\n')}\n`;
}

/** An object whose members are hwcaps, as lshw's capabilities are, or a target of archspec, of which the name tells. */
function tableOf(row: Row): string | undefined {
  const keys = Object.keys(row).join(' ');
  if (isHwcapList(keys)) return `Features : ${keys}`;
  return isListOfStrings(row.features) && row.parents !== undefined ? `$ archspec cpu\n${row.name}\n` : undefined;
}

/** A module of fastfetch as its row of text: what it tells, and how many CPUs run. */
function moduleOf({ type, result }: Row): string | undefined {
  if (typeof type !== 'string' || !isRow(result)) return undefined;
  const online = isRow(result.cores) ? ` (${result.cores.online})` : '';
  return `${type}: ${result.cpu ?? result.release ?? result.name}${online}`;
}

/** What of a row stands in the JSON as it is. */
function markOf(row: Row, message: string): string {
  const own = [row.msg, row.MESSAGE, row.log].find((one) => typeof one === 'string');
  return own ?? message.slice(0, Math.max(0, message.indexOf(':')));
}

/** A member that names the kernel, and what it may hold. */
const KERNEL = /^(?:ansible_)?kernel(?:_?(?:version|release))?$/i;
const RELEASE = /^\d{1,3}\.\d{1,3}[\w.+~-]{0,80}$/;

/** The texts in a value: messages of logs, and strings of several lines. */
function collect(value: unknown, depth: number, out: Found[], lists: boolean): void {
  if (depth > MAX_DEPTH || out.length > MAX_STRINGS) return;
  if (typeof value === 'string') {
    if (value.includes('\n')) out.push({ text: value, mark: value });
  } else if (lists && isListOfStrings(value)) {
    if (value.length >= FEWEST) for (const one of fromList(value)) out.push(one);
  } else if (Array.isArray(value)) for (const one of value) collect(one, depth + 1, out, lists);
  else if (isRow(value)) {
    const message = messageOfRow(value) ?? rowsOf(value) ?? tableOf(value) ?? moduleOf(value);
    if (message !== undefined) out.push({ text: message, mark: markOf(value, message) });
    else
      for (const [key, one] of Object.entries(value)) {
        if (KERNEL.test(key) && typeof one === 'string' && RELEASE.test(one)) out.push({ text: `Kernel: ${one}`, mark: one });
        else collect(one, depth + 1, out, lists);
      }
  }
}

/** Fields of journalctl's exports; of those of a message only the message is the text. */
function exported(text: string): EmbeddedText | undefined {
  if (!/^[ \t]*_TRANSPORT=/m.test(text)) return undefined;
  const messages = [...textLines(text)].filter((line) => MESSAGE.test(line.text));
  if (messages.length === 0) return undefined;
  return { text: messages.map((line) => line.text.replace(MESSAGE, '')).join('\n'), numbers: messages.map(({ number }) => number) };
}

const MESSAGE = /^\s*MESSAGE=/;

/** From here on JSON is of that form, and is not taken apart. */
const CLEAR = 0.9;

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text.slice(0, 200)) && parsed(text) !== undefined;
}

/** Whether a text is JSON from end to end, and certainly of a form. Nothing of it is presentation, no line of it is of another form. */
export function isJsonOf(text: string, reader: Reader): boolean {
  return isJson(text) && reader.recognise(text) >= CLEAR;
}

/** What a text is that is JSON, or an export of the journal; neither member: it is none of these, or is read as it stands. */
export interface Unwrapped {
  /** Its form: it is JSON from end to end, and certainly of it. */
  readonly form?: Recognition;
  /** The text that stands inside. */
  readonly embedded?: EmbeddedText;
}

/** Looks at a text for JSON, and takes apart what is of no form of its own. */
export async function unwrap(text: string): Promise<Unwrapped> {
  if (!/^\s*(?:[[{"]|- \{)/.test(text.slice(0, 200))) return given({ embedded: exported(text) });
  const whole = parsed(text);
  const value = whole ?? parsedLines(text);
  if (value === undefined) return {};
  const form = await recogniseFormat(text);
  const confidence = form?.confidence ?? 0;
  if (confidence >= CLEAR) return typeof whole === 'object' ? given({ form }) : {};
  const out: Found[] = isListOfStrings(value) && value.length >= FEWEST ? [...fromList(value)] : [];
  // JSON that may be a form of its own is not taken apart.
  if (!isListOfStrings(value)) collect(value, 0, out, confidence < 0.5);
  return out.length === 0 ? {} : { embedded: placed(out, text) };
}
