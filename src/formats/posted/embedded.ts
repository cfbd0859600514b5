import type { Reader } from '../reader.ts';
import { type Recognition, recogniseFormat } from '../readers.ts';

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
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0 || lines.length > MAX_STRINGS || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return undefined;
  const values = lines.map(parsed);
  return values.every((value) => value !== undefined) ? values : undefined;
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A message of `dmesg --json`, of journalctl or of a container's log. */
function messageOfRow(row: Row): string | undefined {
  if (typeof row.msg === 'string' && typeof row.time === 'number') return `[${row.time.toFixed(6).padStart(12)}] ${row.msg}`;
  if (typeof row.MESSAGE === 'string') return row.MESSAGE;
  return typeof row.log === 'string' ? row.log.replace(/\n$/, '') : undefined;
}

/** The fewest strings of a list that are taken for the lines of a text, or for names. */
const FEWEST = 3;

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** The texts in a value: messages of logs, and strings of several lines. */
function collect(value: unknown, depth: number, out: string[], lists: boolean): void {
  if (depth > MAX_DEPTH || out.length > MAX_STRINGS) return;
  if (typeof value === 'string') {
    if (value.includes('\n')) out.push(value);
  } else if (lists && isListOfStrings(value)) {
    const text = value.join(value.every((one) => /^[a-z][a-z0-9]{0,19}$/.test(one)) ? ' ' : '\n');
    if (value.length >= FEWEST) out.push(text);
  } else if (Array.isArray(value)) for (const one of value) collect(one, depth + 1, out, lists);
  else if (isRow(value)) {
    const message = messageOfRow(value);
    if (message !== undefined) out.push(message);
    else for (const one of Object.values(value)) collect(one, depth + 1, out, lists);
  }
}

/** Fields of journalctl's exports; of those of a message only the message is the text. */
function exported(text: string): string | undefined {
  const messages = text.match(/^\s*MESSAGE=.*$/gm);
  return messages === null || !/^\s*_TRANSPORT=/m.test(text)
    ? undefined
    : messages.map((line) => line.replace(/^\s*MESSAGE=/, '')).join('\n');
}

/** From here on JSON is of that form, and is not taken apart. */
const CLEAR = 0.9;

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text.slice(0, 200)) && parsed(text) !== undefined;
}

/** Whether a text is JSON from end to end, and certainly of a form. Nothing of it is presentation, no line of it is of another form. */
export function isJsonOf(text: string, reader: Reader): boolean {
  return isJson(text) && reader.recognise(text) >= CLEAR;
}

/** The form of a text that is JSON from end to end, if it is certain. */
export async function certainJson(text: string): Promise<Recognition | undefined> {
  const found = isJson(text) ? await recogniseFormat(text) : undefined;
  return found !== undefined && found.confidence >= CLEAR ? found : undefined;
}

/**
 * The text that stands inside JSON, or in an export of the journal.
 *
 * @returns `undefined` if the text is none, or is JSON of a form that is read as it is.
 */
export async function embeddedText(text: string): Promise<string | undefined> {
  if (!/^\s*[[{"]/.test(text.slice(0, 200))) return exported(text);
  const value = parsed(text) ?? parsedLines(text);
  const confidence = value === undefined ? 1 : ((await recogniseFormat(text))?.confidence ?? 0);
  if (confidence >= CLEAR) return undefined;
  const out: string[] = [];
  // JSON that may be a form of its own is not taken apart.
  collect(value, 0, out, confidence < 0.5);
  return out.length === 0 ? undefined : out.join('\n');
}
