import { type BlockDevice, evidenceOf } from '../answers/guest/listings.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { unreadLine } from './listing-line.ts';
import { listingLines } from './text-lines.ts';

/** A column of the heading: its name and where it begins and ends. */
interface Column {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** More columns than lsblk has. */
const MAX_COLUMNS = 64;

function columnsOf(heading: string): readonly Column[] {
  const words = [...heading.matchAll(/\S+/g)].slice(0, MAX_COLUMNS);
  return words.map((match) => ({ name: match[0], from: match.index, to: match.index + match[0].length }));
}

/** Columns aligned to the right (SIZE, RO) end under their heading, the others begin there; each word goes to the column that it overlaps. */
function cellsOf(line: string, columns: readonly Column[]): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const match of line.matchAll(/\S+/g)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const column = columns.find((one) => from < one.to && to > one.from) ?? columns.findLast((one) => one.from <= from);
    if (column === undefined) continue;
    const before = cells.get(column.name);
    cells.set(column.name, before === undefined ? match[0] : `${before} ${match[0]}`);
  }
  return cells;
}

const TREE = /^[\s│├└─|`-]*/;

/** A row without its heading, as people cut it out: the columns that lsblk has by itself. */
const USUAL = /^\S+\s+\d+:\d+\s+[01]\s+([\d.,]+[BKMGTPE]?)\s+[01]\s+(\w+)(?:\s+(\S.*))?$/;

function isPartition(name: string, disk: string): boolean {
  return name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length));
}

/** Reads lsblk with its heading, whichever columns it has; the tree may be drawn in any way. */
export function parseLsblk(text: string, file: string): Parsed<readonly BlockDevice[]> {
  const { lines, diagnostics } = listingLines(text);
  const found: Diagnostic[] = [...diagnostics];
  const rows: BlockDevice[] = [];
  let columns: readonly Column[] = [];
  let disk: string | undefined;
  for (const { number, text: line } of lines) {
    if (line.trim() === '') continue;
    if (/^NAME\b/.test(line)) {
      columns = columnsOf(line);
      continue;
    }
    const drawn = TREE.exec(line)?.[0] ?? '';
    const name = /^[\w!.+-]{1,64}/.exec(line.slice(drawn.length))?.[0];
    const usual = columns.length === 0 ? USUAL.exec(line.slice(drawn.length)) : null;
    if (usual !== null && name !== undefined) {
      const [, size, type, mountpoint] = usual;
      const parent = disk !== undefined && (drawn !== '' || isPartition(name, disk)) ? disk : undefined;
      if (parent === undefined) disk = name;
      rows.push({ name, ...given({ size, type, mountpoint, parent }), at: evidenceOf(file, number, line) });
      continue;
    }
    if (columns.length === 0 || name === undefined) {
      found.push(unreadLine(number, line, columns.length === 0 ? 'the heading of lsblk first' : 'the name of a block device'));
      continue;
    }
    const row = rowOf(name, cellsOf(line.slice(drawn.length).padStart(line.length), columns), disk, drawn !== '');
    if (row.parent === undefined) disk = name;
    rows.push({ ...row, at: evidenceOf(file, number, line) });
  }
  return { value: rows, diagnostics: found };
}

function rowOf(name: string, cells: ReadonlyMap<string, string>, disk: string | undefined, below: boolean): Omit<BlockDevice, 'at'> {
  const [size, type, model] = ['SIZE', 'TYPE', 'MODEL'].map((column) => cells.get(column));
  const mountpoint = cells.get('MOUNTPOINTS') ?? cells.get('MOUNTPOINT');
  const parent = disk !== undefined && (below || isPartition(name, disk)) ? disk : undefined;
  return {
    name,
    ...given({ size, type, model, mountpoint, parent }),
  };
}
