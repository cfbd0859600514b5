import { evidenceOf, type LogLine } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { messageOf } from './posted/log-prefix.ts';
import { listingLines } from './text-lines.ts';

/** Reads the kernel's log as dmesg, `dmesg -T`, /dev/kmsg, syslog or `journalctl -k` print it. Empty lines are left out. */
export function parseDmesg(text: string, file: string): Parsed<readonly LogLine[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows = lines
    .filter((line) => line.text.trim() !== '')
    .map((line) => ({ text: messageOf(line.text).trim(), at: evidenceOf(file, line.number, line.text) }));
  return { value: rows, diagnostics };
}
