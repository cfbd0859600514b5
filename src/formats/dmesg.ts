import { evidenceOf, type LogLine } from '../answers/guest/capture.ts';
import type { Parsed } from '../diagnostic.ts';
import { textLines } from './text-lines.ts';

/** What stands before a message: a priority, a time stamp in brackets (and the task or CPU that printed it), and the date, host and tag that syslog and journalctl add. */
const SYSLOG = /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.+Z-]{8,24}) \S{1,64} kernel: /;
const PRIORITY = /^<\d{1,3}>/;
const STAMP = /^\[[^\]]{1,40}\](?:\[ *[TC]\d{1,10}\])?\s?/;

/** Takes time stamps off a line: `[    0.000000] `, with priority, as `dmesg -T`, syslog or `journalctl -k` write them. */
export function messageOf(text: string): string {
  const bare = text.replace(SYSLOG, '').replace(PRIORITY, '');
  const stamp = STAMP.exec(bare)?.[0];
  // `[drm] …` is a message, a stamp holds digits.
  return stamp !== undefined && /\d/.test(stamp) ? bare.slice(stamp.length) : bare;
}

/** Reads the kernel's log as dmesg, `dmesg -T`, /dev/kmsg, syslog or `journalctl -k` print it. Empty lines are left out. */
export function parseDmesg(text: string, file: string): Parsed<readonly LogLine[]> {
  const { lines, diagnostics } = textLines(text);
  const rows = lines
    .filter((line) => line.text.trim() !== '')
    .map((line) => ({ text: messageOf(line.text).trim(), at: evidenceOf(file, line.number, line.text) }));
  return { value: rows, diagnostics };
}
