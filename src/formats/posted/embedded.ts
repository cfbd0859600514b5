import { recogniseFormat } from '../readers.ts';

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

/** The texts in a value: messages of logs, and strings of several lines. */
function collect(value: unknown, depth: number, out: string[]): void {
  if (depth > MAX_DEPTH || out.length > MAX_STRINGS) return;
  if (typeof value === 'string') {
    if (value.includes('\n')) out.push(value);
  } else if (Array.isArray(value)) for (const one of value) collect(one, depth + 1, out);
  else if (isRow(value)) {
    const message = messageOfRow(value);
    if (message !== undefined) out.push(message);
    else for (const one of Object.values(value)) collect(one, depth + 1, out);
  }
}

/** Fields of journalctl's exports; of those of a message only the message is the text. */
function exported(text: string): string | undefined {
  const messages = text.match(/^\s*MESSAGE=.*$/gm);
  return messages === null || !/^\s*_TRANSPORT=/m.test(text)
    ? undefined
    : messages.map((line) => line.replace(/^\s*MESSAGE=/, '')).join('\n');
}

/**
 * The text that stands inside JSON, or in an export of the journal.
 *
 * @returns `undefined` if the text is none, or is JSON of a form that is read as it is.
 */
export async function embeddedText(text: string): Promise<string | undefined> {
  if (!/^\s*[[{"]/.test(text.slice(0, 200))) return exported(text);
  const value = parsed(text) ?? parsedLines(text);
  if (value === undefined || ((await recogniseFormat(text))?.confidence ?? 0) >= 0.9) return undefined;
  const out: string[] = [];
  collect(value, 0, out);
  return out.length === 0 ? undefined : out.join('\n');
}
