import type { Diagnostic } from '../diagnostic.ts';

/** A line of a text. */
export interface TextLine {
  /** From 1 on. */
  readonly number: number;
  /** Without its end; cut to {@link MAX_LINE} characters, or fewer where that was asked. */
  readonly text: string;
}

/** Where a line is cut: no format has lines of this length. */
export const MAX_LINE: number = 1 << 16;

/** Goes through the lines of a text one by one, without a copy of all of them. Ends of lines may be LF, CR LF or CR. */
export function* textLines(text: string, longest: number = MAX_LINE): Generator<TextLine> {
  const ends = /\r\n?|\n/g;
  let number = 0;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length; ) {
    ends.lastIndex = start;
    const end = ends.exec(text);
    const stop = end?.index ?? text.length;
    number += 1;
    if (end !== null || stop > start) yield { number, text: text.slice(start, Math.min(stop, start + longest)) };
    start = end === null ? text.length + 1 : ends.lastIndex;
  }
}

/** The longest line of a listing that is looked at, in characters; tools print none that is longer and tells more. */
export const MAX_ROW = 2_000;

/** The most lines of a listing that are looked at. */
const MAX_ROWS = 100_000;

/** Lines, and what was left out of them. */
export interface ListingLines {
  readonly lines: readonly TextLine[];
  readonly diagnostics: readonly Diagnostic[];
}

function tooLong(where: string, message: string): Diagnostic {
  return { code: 'too-long', severity: 'warning', where, message };
}

/** The lines of a listing of rows. However the text is made, the time and the memory that it takes are bounded. */
export function listingLines(text: string): ListingLines {
  const lines: TextLine[] = [];
  const diagnostics: Diagnostic[] = [];
  const cut: number[] = [];
  for (const line of textLines(text, MAX_ROW + 1)) {
    if (lines.length === MAX_ROWS) {
      diagnostics.push(tooLong(`line ${MAX_ROWS + 1}`, `only the first ${MAX_ROWS} lines are read`));
      break;
    }
    const isCut = line.text.length > MAX_ROW;
    if (isCut) cut.push(line.number);
    lines.push(isCut ? { number: line.number, text: line.text.slice(0, MAX_ROW) } : line);
  }
  const [first] = cut;
  if (first !== undefined) {
    const subject = cut.length === 1 ? '1 line is' : `${cut.length} lines are`;
    diagnostics.push(tooLong(`line ${first}`, `${subject} longer than ${MAX_ROW} characters and cut`));
  }
  return { lines, diagnostics };
}
