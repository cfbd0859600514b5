import { MAX_LINE, textLines } from '../line-account.ts';

/** A line as its author saw it, without what a web page, a mail or a console put around it. */
export interface PostedLine {
  /** The line of the text as posted, from 1 on. A posted line may hold several, as a string with `\n` does. */
  readonly number: number;
  /** How many characters stood before it there. */
  readonly column: number;
  readonly text: string;
  /** The device that it is of, where a table of several tells. */
  readonly device?: string;
}

/** The lines of a text as they stand. */
export function linesAsPosted(text: string): PostedLine[] {
  return Array.from(textLines(text), (line) => ({ number: line.number, column: 0, text: line.text }));
}

/** A line without its first characters. */
export function cutFront(line: PostedLine, length: number): PostedLine {
  return length === 0 ? line : { ...line, column: line.column + length, text: line.text.slice(length) };
}

/** A line with other words at the same place. */
export function reworded(line: PostedLine, text: string): PostedLine {
  return text === line.text ? line : { ...line, text: text.slice(0, MAX_LINE) };
}

/** Names the place in the text as posted of a finding about these lines: `line 3, column 7` of them becomes that of the text. */
export function placeInPost(where: string, lines: readonly PostedLine[]): string {
  return where.replace(/\bline (\d{1,7})(?:, column (\d{1,7}))?/, (whole, number: string, column: string | undefined) => {
    const line = lines[Number(number) - 1];
    if (line === undefined) return whole;
    return `line ${line.number}${column === undefined ? '' : `, column ${Number(column) + line.column}`}`;
  });
}
