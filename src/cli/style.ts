import type { Io } from './io.ts';

/** Colours by purpose; without a terminal each is the text itself. */
export interface Palette {
  /** A heading. */
  head(text: string): string;
  /** What the eye should find first. */
  strong(text: string): string;
  /** What may be passed over. */
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const same = (text: string): string => text;
const PLAIN: Palette = { head: same, strong: same, dim: same, good: same, bad: same };

/** The palette for a terminal, or the plain one. */
export async function paletteOf({ color }: Pick<Io, 'color'>): Promise<Palette> {
  if (!color) return PLAIN;
  const { createColors } = (await import('picocolors')).default;
  const { bold, cyan, dim, green, red } = createColors(true);
  return { head: (text) => bold(cyan(text)), strong: bold, dim, good: green, bad: red };
}

/** Breaks text between words before a column; each line starts with `indent`. */
export function wrap(text: string, width: number, indent: string = ''): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line.length + 1 + word.length > width && line !== indent) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** Lays rows out in columns that are as wide as their longest cell; nothing is broken. */
export function aligned(rows: readonly (readonly string[])[], indent: string = '  '): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, visibleLength(cell));
  const pad = (cell: string, i: number): string => cell + ' '.repeat(widths[i]! - visibleLength(cell));
  return rows.map((row) => `${indent}${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

/** The longest word of a text, which is never broken. */
function longestWord(text: string): number {
  return Math.max(0, ...text.split(/\s+/).map(visibleLength));
}

/** Takes width from the widest columns until all fit, or none has but its longest words. */
function fitted(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const widest = widths.reduce((best, width, i) => (width > least[i]! && width >= (widths[best] ?? 0) ? i : best), -1);
    if (widest === -1) break;
    widths[widest]!--;
  }
  return widths;
}

/** Lays rows out in columns without rules; the widest columns are broken between words to fit the width. */
export async function table(
  rows: readonly (readonly string[])[],
  { columns, indent = 2 }: { readonly columns: number; readonly indent?: number },
): Promise<string> {
  if (rows.length === 0) return '';
  const count = Math.max(...rows.map((row) => row.length));
  const widest = (measure: (cell: string) => number): readonly number[] =>
    Array.from({ length: count }, (_, i) => Math.max(1, ...rows.map((row) => measure(row[i] ?? ''))));
  const widths = fitted(widest(visibleLength), widest(longestWord), columns - indent - 2 * (count - 1));
  const Table = (await import('cli-table3')).default;
  const laid = new Table({
    chars: Object.fromEntries(BORDERS.map((name) => [name, ''])) as Record<(typeof BORDERS)[number], string>,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + 2),
    wordWrap: true,
  });
  laid.push(...rows.map((row) => Array.from({ length: count }, (_, i) => row[i] ?? '')));
  return laid
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
] as const;

/** The length of a text on the terminal: without the sequences that colour it. */
export function visibleLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour sequence
  return text.replace(/\u001b\[[0-9;]*m/g, '').length;
}
