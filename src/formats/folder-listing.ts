import { evidenceOf, type FolderEntry } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { listingLines } from './text-lines.ts';

/** `-rwxr-xr-x 1 root root 123 Jan 1 00:00 name`, as ls -l prints it. */
const LONG = /^[-dlbcps][-rwxsStT]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+(?:\d+,\s*)?\d+\s+\S+\s+\S+\s+\S+\s+(\S.*?)(?: -> .*)?$/;

/**
 * Reads `ls` of one or more folders, plain or with -l or -R, and `find`: paths one a line.
 *
 * @param shown - The folder that was listed, where a prompt or the command tells; a heading in the text goes before it.
 */
export function parseFolderListing(text: string, file: string, shown?: string): Parsed<readonly FolderEntry[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: FolderEntry[] = [];
  let folder = shown;
  for (const { number, text: line } of lines) {
    const plain = line.trim();
    if (plain === '' || /^total \d+$/.test(plain)) continue;
    if (/^[./~]\S*:$/.test(plain)) {
      folder = plain.slice(0, -1);
      continue;
    }
    const at = evidenceOf(file, number, line);
    const long = LONG.exec(plain)?.[1];
    for (const word of long === undefined ? plain.split(/\s+/) : [long]) {
      const cut = word.replace(/(?<!\/)\/+$/, '').lastIndexOf('/');
      const path = word.replace(/(?<!\/)\/+$/, '');
      const where = cut > 0 && path.startsWith('/') ? path.slice(0, cut) : folder;
      const name = cut >= 0 ? path.slice(cut + 1) : path;
      if (name !== '') rows.push({ name, ...given({ folder: where }), at });
    }
  }
  return { value: rows, diagnostics };
}
