import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { MAX_FINDINGS, placeOf } from './line-account.ts';

/** A record of a table. */
export interface CsvRecord {
  /** The line on which it starts, from 1 on. A cell in quotes may run over several lines. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The offset in the text at which each cell starts. */
  readonly starts: readonly number[];
}

/** What may separate cells. */
export type CsvSeparator = ',' | ';' | '\t';

const SEPARATORS: readonly CsvSeparator[] = [',', ';', '\t'];

/** The separator that the first line has most of; a comma if it has none. */
export function separatorOf(text: string): CsvSeparator {
  const head = text.slice(0, 1 << 14);
  const line = head.slice(0, /[\r\n]/.exec(head)?.index ?? head.length).replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((separator) => line.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Reads records one after the other. */
class CsvScan {
  readonly #text: string;
  readonly #separator: CsvSeparator;
  readonly #stop: RegExp;
  readonly diagnostics: Diagnostic[] = [];
  #at: number;
  #line = 1;
  #lineStart = 0;

  constructor(text: string, separator: CsvSeparator) {
    this.#text = text;
    this.#separator = separator;
    this.#stop = separator === '\t' ? /[\t\r\n]/g : separator === ';' ? /[;\r\n]/g : /[,\r\n]/g;
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
    this.#lineStart = this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  record(): CsvRecord {
    const line = this.#line;
    const cells: string[] = [];
    const starts: number[] = [];
    for (;;) {
      starts.push(this.#at);
      cells.push(this.#text[this.#at] === '"' ? this.#quoted() : this.#plain());
      if (this.#text[this.#at] !== this.#separator) break;
      this.#at += 1;
    }
    if (this.#text[this.#at] === '\r' && this.#text[this.#at + 1] === '\n') this.#at += 1;
    if (this.#at < this.#text.length) this.#at += 1;
    this.#newLine(this.#at);
    return { line, cells, starts };
  }

  #newLine(start: number): void {
    this.#line += 1;
    this.#lineStart = start;
  }

  #find(expected: string, at: number): void {
    if (this.diagnostics.length >= MAX_FINDINGS) return;
    const message = `expected ${expected}`;
    this.diagnostics.push({ code: 'bad-quotes', severity: 'error', where: placeOf(this.#line, at - this.#lineStart), message });
  }

  #plain(): string {
    this.#stop.lastIndex = this.#at;
    const end = this.#stop.exec(this.#text)?.index ?? this.#text.length;
    const cell = this.#text.slice(this.#at, end);
    this.#at = end;
    return cell;
  }

  #quoted(): string {
    const start = this.#at;
    const parts: string[] = [];
    for (let from = start + 1; ; ) {
      const quote = this.#text.indexOf('"', from);
      if (quote < 0) {
        this.#find('a quote that ends the cell', start);
        this.#at = start + 1;
        return this.#plain();
      }
      parts.push(this.#text.slice(from, quote));
      if (this.#text[quote + 1] !== '"') {
        this.#at = quote + 1;
        break;
      }
      from = quote + 2;
    }
    const cell = parts.join('"');
    this.#countLines(start, this.#at);
    const rest = this.#plain();
    if (rest.trim() !== '') this.#find(`${JSON.stringify(this.#separator)} behind the quote`, this.#at - rest.length);
    return cell;
  }

  #countLines(start: number, end: number): void {
    for (const found of this.#text.slice(start, end).matchAll(/\r\n?|\n/g)) this.#newLine(start + found.index + found[0].length);
  }
}

/**
 * Reads comma-separated values: cells may stand in quotes, where a quote is doubled and line ends are text. A quote that never ends
 * is reported, and its cell ends with the line.
 *
 * @param separator - What stands between cells; by default what the first line has most of: a comma, a semicolon or a tab.
 * @see RFC 4180, "Definition of the CSV Format".
 *
 * @example
 * ```js
 * parseCsv('a,b\n1,2\n').value[1].cells // → ['1', '2']
 * ```
 */
export function parseCsv(text: string, separator: CsvSeparator = separatorOf(text)): Parsed<readonly CsvRecord[]> {
  const scan = new CsvScan(text, separator);
  const records: CsvRecord[] = [];
  while (!scan.done) {
    const record = scan.record();
    if (record.cells.some((cell) => cell.trim() !== '')) records.push(record);
  }
  return { value: records, diagnostics: scan.diagnostics };
}

function formatCell(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Writes records with commas between cells; cells that need it stand in quotes.
 *
 * @example
 * ```js
 * formatCsv([['a', 'b c'], ['1', '2']]) // → 'a,b c\n1,2\n'
 * ```
 */
export function formatCsv(records: readonly (readonly string[])[]): string {
  return records.map((cells) => `${cells.map(formatCell).join(',')}\n`).join('');
}
