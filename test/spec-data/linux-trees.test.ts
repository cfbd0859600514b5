import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linuxRows } from '../../spec-data/build/linux.ts';
import { asInTree, beliefAt, beliefs } from '../../spec-data/import/believed.ts';
import { digest, type TreeDigests } from '../../spec-data/import/digests.ts';
import { type TableName, treeLines } from '../../spec-data/import/flat.ts';
import { flatten } from '../../spec-data/import/flatten.ts';
import { KNOWN_TREES } from '../../src/linux/release/known-trees.ts';
import { compareMainline, parseRelease, type Release } from '../../src/linux/release/release.ts';

const { trees } = JSON.parse(readFileSync(new URL('./linux-trees.json', import.meta.url), 'utf8')) as {
  readonly trees: readonly TreeDigests[];
};

const ROWS = linuxRows();
const BELIEFS = beliefs();

/** What trees that were read before there was an import lack or have otherwise: recordings of four kernels, or later readings, tell. */
const LACKING = [
  { row: 'WORKAROUND_843419', part: / fixed r0p4 0x100(?= \|)/, old: '' },
  { row: 'CONFIG_ARM64_LSUI', part: ' depends !CONFIG_CPU_BIG_ENDIAN', old: '' },
  { row: 'CONFIG_ARM64_GCS', part: ' depends !CONFIG_UPROBES', old: ' toolchain' },
  { row: 'CONFIG_ARM64_LSE_ATOMICS', from: '6.17', part: / y$/, old: ' y toolchain' },
] as const;

/** The history of a release as its tree has it: what recordings were believed over is put back. */
function asInTreeOf(release: Release, imported: boolean): Readonly<Record<string, readonly string[]>> {
  const flat = flatten(ROWS, release);
  const believed = Object.entries(flat).map(([table, rows]) => {
    const lines = rows.map((row) => {
      const line = asInTree(BELIEFS, table as TableName, row, release);
      const lacking = imported
        ? undefined
        : LACKING.find((each) => each.row === row.key && (!('from' in each) || compareMainline(release, parseRelease(each.from)) >= 0));
      return { ...row, line: lacking ? line.replace(lacking.part, lacking.old) : line };
    });
    return [table, lines];
  });
  return treeLines(Object.fromEntries(believed));
}

/** The flattened tables of a release; with ARMLENS_TREE_LINES they are also written to that folder, to compare two states of the data. */
function flattened(release: string, imported: boolean): Readonly<Record<string, readonly string[]>> {
  const tables = asInTreeOf(parseRelease(release), imported);
  const folder = process.env.ARMLENS_TREE_LINES;
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    for (const [table, lines] of Object.entries(tables)) {
      writeFileSync(join(folder, `${release}.${table}.txt`), lines.map((line) => `${line}\n`).join(''));
    }
  }
  return tables;
}

function title({ release, name, grewFrom, differsIn = [] }: TreeDigests): string {
  const fork = grewFrom === undefined ? '' : `, which differs from ${grewFrom} in ${differsIn.join(', ')}`;
  return `${release}${name === undefined ? '' : ` (${name})`}${fork}`;
}

describe('the history, flattened, is the tree of', () => {
  it.each(trees.map((tree) => [title(tree), tree] as const))('%s', (_title, { release, grewFrom, differsIn = [], imported, tables }) => {
    const own = flattened(release, imported === true);
    const counted = Object.keys(tables);
    expect(Object.fromEntries(counted.map((table) => [table, digest(own[table]!)]))).toEqual(tables);
    const mainline = grewFrom === undefined ? own : asInTreeOf(parseRelease(grewFrom), imported === true);
    expect(counted.filter((table) => own[table]!.join('\n') !== mainline[table]!.join('\n'))).toEqual(differsIn);
  });
});

it('covers the trees whose tables were counted, and no other release is called known', () => {
  const read = trees.map(({ release }) => release);
  expect(new Set(read).size).toBe(read.length);
  expect(new Set(KNOWN_TREES.map(({ release }) => release))).toEqual(new Set(read));
});

it('believes a recording only where the history differs from a tree', () => {
  const releases = KNOWN_TREES.map(({ release }) => parseRelease(release));
  const idle = BELIEFS.filter(
    ({ table, row }) =>
      !releases.some((release) => flatten(ROWS, release)[table].some((each) => each.key === row && beliefAt(BELIEFS, table, row, release))),
  );
  expect(idle).toEqual([]);
});
