import { evidenceOf, type VirtioEntry } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { unreadLine } from './listing-line.ts';
import { listingLines } from './text-lines.ts';

const ENTRY = /^(virtio\d{1,4}) 0x([0-9a-f]{4})(?: 0x[0-9a-f]{1,8})?(?: (\S*))?$/i;

/** Reads what /sys/bus/virtio/devices says, a device a line: name, `device`, `vendor`, and where `driver` points. */
export function parseVirtioListing(text: string, file: string): Parsed<readonly VirtioEntry[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: VirtioEntry[] = [];
  const found = [...diagnostics];
  for (const { number, text: line } of lines) {
    if (line.trim() === '') continue;
    const [, name, type, path = ''] = ENTRY.exec(line.trim()) ?? [];
    if (name === undefined || type === undefined) {
      found.push(unreadLine(number, line, '"virtio0 0x0001 0x1af4 …/virtio_net"'));
      continue;
    }
    const driver = path.slice(path.lastIndexOf('/') + 1);
    rows.push({ name, type: Number.parseInt(type, 16), ...(driver === '' ? {} : { driver }), at: evidenceOf(file, number, line) });
  }
  return { value: rows, diagnostics: found };
}
