import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWN_TREES } from '../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../src/linux/release/release.ts';
import { treeLines } from '../support/tree-lines.ts';

/** What was counted in one kernel tree as it was read, apart from this project's data: of each table the lines and their digest. */
interface Tree {
  readonly release: string;
  /** Whose tree it is, where it is not the plain release. */
  readonly name?: string;
  /** The tree that stands for the mainline release it grew from, and the tables in which it differs from that one. */
  readonly grewFrom?: string;
  readonly differsIn?: readonly string[];
  /** `<lines> <first 16 digits of their SHA-256>`. */
  readonly tables: Readonly<Record<string, string>>;
}

const { trees } = JSON.parse(readFileSync(new URL('./linux-trees.json', import.meta.url), 'utf8')) as { readonly trees: readonly Tree[] };

/** Where a recording of a running kernel was believed over the tree: what our line says, and what the tree's says. */
const BELIEVED_OVER_TREES = [
  { row: 'HAS_RNG', releases: ['5.10.223'], ours: /$/, tree: ' if CONFIG_ARCH_RANDOM' },
  { row: 'HAS_LSUI', releases: ['7.2.13'], ours: /$/, tree: ' if CONFIG_ARM64_LSUI' },
  { row: 'WORKAROUND_843419', ours: / fixed r0p4 0x100(?= \|)/, tree: '' },
] as const;

/** Puts back what the tree says. */
function asInTree(line: string, release: string): string {
  const belief = BELIEVED_OVER_TREES.find(
    ({ row, ...rest }) => line.startsWith(`${row} |`) && (!('releases' in rest) || (rest.releases as readonly string[]).includes(release)),
  );
  return belief ? line.replace(belief.ours, belief.tree) : line;
}

function digest(lines: readonly string[]): string {
  return `${lines.length} ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`;
}

/** The flattened tables of a release; with ARMLENS_TREE_LINES they are also written to that folder, to compare two states of the data. */
function flatten(release: string): Readonly<Record<string, readonly string[]>> {
  const tables = Object.entries(treeLines(parseRelease(release))).map(
    ([table, lines]) => [table, lines.map((line) => asInTree(line, release))] as const,
  );
  const folder = process.env.ARMLENS_TREE_LINES;
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    for (const [table, lines] of tables) writeFileSync(join(folder, `${release}.${table}.txt`), lines.map((line) => `${line}\n`).join(''));
  }
  return Object.fromEntries(tables);
}

function title({ release, name, grewFrom, differsIn = [] }: Tree): string {
  const fork = grewFrom === undefined ? '' : `, which differs from ${grewFrom} in ${differsIn.join(', ')}`;
  return `${release}${name === undefined ? '' : ` (${name})`}${fork}`;
}

describe('the history, flattened, is the tree of', () => {
  it.each(trees.map((tree) => [title(tree), tree] as const))('%s', (_title, { release, grewFrom, differsIn = [], tables }) => {
    const own = flatten(release);
    expect(Object.fromEntries(Object.entries(own).map(([table, lines]) => [table, digest(lines)]))).toEqual(tables);
    const mainline = flatten(grewFrom ?? release);
    expect(Object.keys(own).filter((table) => own[table]!.join('\n') !== mainline[table]!.join('\n'))).toEqual(differsIn);
  });
});

/** Releases that were recorded, or read by what differs from a tree whose tables were counted. */
const READ_OTHERWISE = ['6.1.164', '6.12.43', '6.12.107', '6.12.118', '6.17.8', '6.18.5', '6.18.15', '7.1.13', '7.3.4'];

it('covers the trees whose tables were counted, and no other release is called known but those read otherwise', () => {
  const read = trees.map(({ release }) => release);
  expect(new Set(read).size).toBe(read.length);
  expect(KNOWN_TREES.map(({ release }) => release).filter((release) => !read.includes(release))).toEqual(READ_OTHERWISE);
  expect(read.filter((release) => !KNOWN_TREES.some((known) => known.release === release))).toEqual([]);
});

it('believes a recording only where the history still differs from the tree', () => {
  const idle = BELIEVED_OVER_TREES.filter(
    ({ row }) =>
      !trees.some(({ release }) =>
        Object.values(treeLines(parseRelease(release)))
          .flat()
          .some((line) => line.startsWith(`${row} |`) && asInTree(line, release) !== line),
      ),
  );
  expect(idle).toEqual([]);
});

// Recorded boots of Debian's 6.12.107 report "ARM erratum 2457168"; the tree of 6.12.117 knows it as "Broken AMU AMEVCNTR01 (const counter)".
it('6.12.107 is 6.12.117 but for the AMU erratum', () => {
  const [older, newer] = ['6.12.107', '6.12.117'].map((release) => treeLines(parseRelease(release)));
  const names = (a: typeof older, b: typeof older): readonly string[] =>
    Object.entries(a!).flatMap(([table, lines]) =>
      lines.filter((line) => !b![table]!.includes(line)).map((line) => `${table}: ${line.split(' ')[0]}`),
    );
  expect(names(older, newer)).toEqual([
    'errata: WORKAROUND_2457168',
    'capability-order: WORKAROUND_2457168',
    'kconfig: CONFIG_ARM64_ERRATUM_2457168',
  ]);
  expect(names(newer, older)).toEqual([
    'errata: WORKAROUND_BROKEN_AMU_CONSTCNT',
    'capability-order: WORKAROUND_BROKEN_AMU_CONSTCNT',
    'kconfig: CONFIG_ARM64_ERRATUM_2457168',
    'kconfig: CONFIG_ARM64_ERRATUM_3821522',
    'kconfig: CONFIG_ARM64_WORKAROUND_BROKEN_AMU_CONSTCNT',
  ]);
});
