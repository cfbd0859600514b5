import { evidenceOf, type PciDevice } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { unreadLine } from './listing-line.ts';
import { listingLines } from './text-lines.ts';

type Draft = { -readonly [key in keyof PciDevice]: PciDevice[key] };

const SLOT = /^((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) (.+)$/i;
/** `0600: 1b36:0008 (rev 01)`, as -n prints it. */
const NUMBERS = /^[0-9a-f]{4}: ([0-9a-f]{4}):([0-9a-f]{4})\b/i;
/** `… [1af4:1050]`, as -nn prints it; the class stands in brackets too, but has no colon. */
const BOTH = /\[([0-9a-f]{4}):([0-9a-f]{4})\]/i;

function deviceOf(slot: string, rest: string): Omit<Draft, 'at'> {
  const [, vendor, device] = NUMBERS.exec(rest) ?? BOTH.exec(rest) ?? [];
  const name = rest.replace(/ \[[0-9a-f]{4}(?::[0-9a-f]{4})?\]/gi, '').trim();
  return {
    slot,
    name,
    ...(vendor === undefined || device === undefined ? {} : { vendor: vendor.toLowerCase(), device: device.toLowerCase() }),
  };
}

/** Reads lspci, best with -nnk; without -n or -nn it has names and no numbers. An empty text is an empty list. */
export function parseLspci(text: string, file: string): Parsed<readonly PciDevice[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: Draft[] = [];
  const found = [...diagnostics];
  for (const { number, text: line } of lines) {
    const [, slot, rest] = SLOT.exec(line) ?? [];
    const driver = /^\s+Kernel driver in use: (\S+)/.exec(line)?.[1];
    const last = rows.at(-1);
    if (slot !== undefined && rest !== undefined) rows.push({ ...deviceOf(slot, rest), at: evidenceOf(file, number, line) });
    else if (driver !== undefined && last !== undefined) last.driver = driver;
    else if (/^\S/.test(line)) found.push(unreadLine(number, line, '"00:01.0 Class: device"'));
  }
  return { value: rows, diagnostics: found };
}
