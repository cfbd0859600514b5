import type { PostedLine } from './posted-line.ts';

const ESCAPED: Readonly<Record<string, string>> = { t: '\t', '"': '"', "'": "'", '\\': '\\', '/': '/', r: '' };

function plain(text: string): string {
  return text.replace(/\\([t"'\\/r])/g, (_, letter: string) => ESCAPED[letter] ?? letter);
}

/** What stands before a string: a name and the quote, or the quote alone. */
const OPENING = /^\s*(?:[\w.]{1,40}\s*[:=(]+\s*|return\s+|"[\w./ -]{1,60}"\s*:\s*)?[brfu]?["'`]{1,3}/;
const CLOSING = /["'`]{1,3}[\s+,;)\\}\]]{0,10}$/;

/** Whether a line is a string of a program or of JSON that holds line ends as `\n`. */
function isString(text: string): boolean {
  const ends = text.match(/\\n/g)?.length ?? 0;
  return ends > 1 || (ends === 1 && OPENING.test(text) && /\\n["'`]/.test(text));
}

function linesOf(line: PostedLine): readonly PostedLine[] {
  const opening = OPENING.exec(line.text)?.[0].length ?? 0;
  const body = line.text.slice(opening).replace(CLOSING, '').replace(/\\n$/, '');
  const out: PostedLine[] = [];
  let column = line.column + opening;
  for (const part of body.split('\\n')) {
    out.push({ number: line.number, column, text: plain(part) });
    column += part.length + 2;
  }
  return out;
}

/** What stands between the strings of a list. */
const BETWEEN = /["'],\s?["']/g;

/** A list of strings in one line, each of which is a row of a listing. */
function listed(line: PostedLine): readonly PostedLine[] | undefined {
  // An object of JSON has readers of its own.
  if (/^\s*\{/.test(line.text)) return undefined;
  if (!/["']processor(?:\s|\\t)*:|["']Architecture:/.test(line.text) || (line.text.match(BETWEEN)?.length ?? 0) < 3) return undefined;
  const opening = /^[^"']{0,60}["']/.exec(line.text)?.[0].length ?? 0;
  const out: PostedLine[] = [];
  let column = opening;
  for (const part of line.text.slice(opening).split(BETWEEN)) {
    out.push({ ...line, column: line.column + column, text: plain(part.replace(/["']\s?[\])}].{0,40}$/, '')) });
    column += part.length + 3;
  }
  return out;
}

/** A cell of CSV in quotes, behind others. */
const CELL = /^\s*"(?:[^"\\]{0,60})",\s?"(?=[[A-Z<])/;

/** The last cell of a row of CSV, where it is a message of a kernel. */
function fromCsv(line: PostedLine): PostedLine | undefined {
  const front = CELL.exec(line.text)?.[0].length;
  if (front === undefined || !/"\s*$/.test(line.text)) return undefined;
  const text = line.text.slice(front).replace(/"\s*$/, '').replaceAll('""', '"');
  return /^\[ *\d+\.\d+\]|\bCPU/.test(text) ? { ...line, column: line.column + front, text } : undefined;
}

/** Strings of JSON, Go, C or Python that hold a text with `\n` and `\t` become its lines. JSON that is one value stays whole. */
export function unescaped(lines: readonly PostedLine[]): PostedLine[] {
  return lines.flatMap((line) => {
    const rows = listed(line);
    if (rows !== undefined) return [...rows];
    const cell = fromCsv(line);
    if (cell !== undefined) return [cell];
    if (!line.text.includes('\\')) return [line];
    if (isString(line.text)) return linesOf(line);
    return [/\\t *:/.test(line.text) ? { ...line, text: plain(line.text) } : line];
  });
}
