import { evidenceOf, type NetworkInterface } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { listingLines } from './text-lines.ts';

/** Reads `ip link`, `ip addr` or `ifconfig`: the names and addresses of network cards. */
export function parseIpLink(text: string, file: string): Parsed<readonly NetworkInterface[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: NetworkInterface[] = [];
  let name = '';
  for (const { number, text: line } of lines) {
    name = /^(?:\d{1,6}: )?([\w.@-]{1,32}): /.exec(line)?.[1]?.replace(/@.*/, '') ?? name;
    const address = /^\s+(?:link\/ether|ether) ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\b/i.exec(line)?.[1];
    if (address !== undefined) rows.push({ name, address: address.toLowerCase(), at: evidenceOf(file, number, line) });
  }
  return { value: rows, diagnostics };
}
