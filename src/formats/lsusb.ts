import { evidenceOf, type UsbDevice } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { unreadLine } from './listing-line.ts';
import { listingLines } from './text-lines.ts';

const DEVICE = /^(?:Bus \d{1,4} Device \d{1,4}: )?ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/i;

/** Reads the list of lsusb; what -v and -t add is left out. */
export function parseLsusb(text: string, file: string): Parsed<readonly UsbDevice[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: UsbDevice[] = [];
  const found = [...diagnostics];
  for (const { number, text: line } of lines) {
    const [, vendor, product, name = ''] = DEVICE.exec(line.trim()) ?? [];
    if (vendor !== undefined && product !== undefined) {
      rows.push({ vendor: vendor.toLowerCase(), product: product.toLowerCase(), name: name.trim(), at: evidenceOf(file, number, line) });
    } else if (/^Bus |^ID /.test(line)) found.push(unreadLine(number, line, '"Bus 001 Device 002: ID 1234:abcd name"'));
  }
  return { value: rows, diagnostics: found };
}
