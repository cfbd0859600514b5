import type { Diagnostic } from '../diagnostic.ts';
import { showJson } from './json-reader.ts';
import { type TextLine, textLines } from './text-lines.ts';

export { MAX_LINE, type TextLine, textLines } from './text-lines.ts';

/** What became of the lines of a text. The three add up to all lines that are not empty; lines that were joined count apart. */
export interface LineCount {
  /** Lines that a value was taken from. */
  readonly read: number;
  /** Lines that are known, and say nothing that is needed. */
  readonly passed: number;
  /** Lines that were not understood; each has a diagnostic, up to a thousand. */
  readonly unread: number;
}

/** How many findings of a text are kept one by one. */
export const MAX_FINDINGS = 1000;

/** Keeps account of what became of each line of a text, and collects what is wrong with them. */
export class LineAccount {
  #read = 0;
  #passed = 0;
  #unread = 0;
  #more = 0;
  readonly #diagnostics: Diagnostic[] = [];

  /** A value was taken from the line. */
  read(): undefined {
    this.#read += 1;
  }

  /** The line is known and not needed. Empty lines need not be told. */
  passed(): undefined {
    this.#passed += 1;
  }

  /**
   * The line was not understood.
   *
   * @param expected - What should have stood there, to be read behind "expected".
   * @param at - The offset in the line where it went wrong; by default where it starts.
   */
  unread(line: TextLine, expected: string, at: number = line.text.length - line.text.trimStart().length): undefined {
    const from = Math.max(0, at);
    const message = `expected ${expected}, got ${showJson(line.text.slice(from).trim())}`;
    this.reject({ code: 'bad-line', severity: 'error', where: placeOf(line.number, from), message });
  }

  /** The line was not understood, or stands around what was; the finding says why. */
  reject(diagnostic: Diagnostic): undefined {
    this.#unread += 1;
    this.add(diagnostic);
  }

  /** Adds a finding that is not about the form of the line. */
  add(diagnostic: Diagnostic): undefined {
    if (this.#diagnostics.length < MAX_FINDINGS) this.#diagnostics.push(diagnostic);
    else this.#more += 1;
  }

  /** The findings so far; of more than a thousand the last one tells how many were left out. */
  get diagnostics(): readonly Diagnostic[] {
    if (this.#more === 0) return this.#diagnostics;
    const message = `${this.#more} more findings are not listed`;
    return [...this.#diagnostics, { code: 'more-findings', severity: 'error', where: 'file', message }];
  }

  get lines(): LineCount {
    return { read: this.#read, passed: this.#passed, unread: this.#unread };
  }
}

/** The place of a finding: `line 3, column 7`. */
export function placeOf(line: number, offset: number): string {
  return `line ${line}, column ${offset + 1}`;
}

/** How many lines are looked at to recognise a format. */
const SAMPLE = 300;

/**
 * Sorts the first lines of a text that are not empty.
 *
 * @returns What share of them is of a kind, 0 to 1.
 */
export function lineShare<K extends string>(head: string, kindOf: (line: string) => K): (kind: K) => number {
  const counts = new Map<K, number>();
  let total = 0;
  for (const { text } of textLines(head)) {
    if (text.trim() === '') continue;
    const kind = kindOf(text.slice(0, 1024));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    total += 1;
    if (total >= SAMPLE) break;
  }
  return (kind) => (total === 0 ? 0 : (counts.get(kind) ?? 0) / total);
}

/** Brings all white space of a line to single blanks, so that patterns need not. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
