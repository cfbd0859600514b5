import { evidenceOf, type KernelModule } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { unreadLine } from './listing-line.ts';
import { listingLines } from './text-lines.ts';

/** Reads lsmod or /proc/modules; a list of bare names will do. */
export function parseLsmod(text: string, file: string): Parsed<readonly KernelModule[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: KernelModule[] = [];
  const found = [...diagnostics];
  for (const { number, text: line } of lines) {
    if (line.trim() === '' || /^Module(?:\s|$)/.test(line)) continue;
    const name = /^([\w-]{1,64})(?:\s+\d+\s+-?\d+\b.*|\s*)$/.exec(line)?.[1];
    if (name === undefined) found.push(unreadLine(number, line, 'the name of a module, its size and its users'));
    else rows.push({ name, at: evidenceOf(file, number, line) });
  }
  return { value: rows, diagnostics: found };
}
