import type { Diagnostic } from '../diagnostic.ts';

/** A line of a listing. */
export interface TextLine {
  /** From 1 on. */
  readonly number: number;
  /** Without its end, and cut to {@link MAX_LINE} characters. */
  readonly text: string;
}

/** The longest line that is looked at, in characters; tools print none that is longer and tells more. */
export const MAX_LINE: number = 2_000;

/** The most lines that are looked at. */
export const MAX_LINES: number = 100_000;

/** Lines, and what was left out of them. */
export interface TextLines {
  readonly lines: readonly TextLine[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Splits a listing into lines. However the text is made, the time and the memory that it takes are bounded. */
export function textLines(text: string): TextLines {
  const lines: TextLine[] = [];
  const diagnostics: Diagnostic[] = [];
  let cut = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (lines.length === MAX_LINES) {
      const message = `only the first ${MAX_LINES} lines are read`;
      diagnostics.push({ code: 'too-long', severity: 'warning', where: `line ${MAX_LINES + 1}`, message });
      break;
    }
    const whole = text.slice(from, Math.min(to, from + MAX_LINE));
    if (to - from > MAX_LINE) cut++;
    lines.push({ number: lines.length + 1, text: whole.endsWith('\r') ? whole.slice(0, -1) : whole });
    from = to + 1;
  }
  if (cut > 0) {
    const message = `${cut} ${cut === 1 ? 'line is' : 'lines are'} longer than ${MAX_LINE} characters and cut`;
    diagnostics.push({ code: 'too-long', severity: 'warning', where: '', message });
  }
  return { lines, diagnostics };
}
