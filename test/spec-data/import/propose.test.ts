import { describe, expect, it } from 'vitest';
import { linuxRows } from '../../../spec-data/build/linux.ts';
import { SPEC_DATA } from '../../../spec-data/build/spec-file.ts';
import { compare } from '../../../spec-data/import/compare.ts';
import { Docs } from '../../../spec-data/import/docs.ts';
import type { Flat, FlatRow, TableName } from '../../../spec-data/import/flat.ts';
import { flatten } from '../../../spec-data/import/flatten.ts';
import { coreListLine } from '../../../spec-data/import/lines.ts';
import { type Proposed, propose } from '../../../spec-data/import/propose.ts';
import { Tree } from '../../../spec-data/import/read/tree.ts';
import { roleOf } from '../../../spec-data/import/role.ts';
import { compareMainline, parseRelease } from '../../../src/linux/release/release.ts';

const ROWS = linuxRows();
const NEWEST = ROWS.releases.at(-1)!.release;
const [MAJOR, MINOR] = parseRelease(NEWEST).mainline;
const NEXT = `${MAJOR}.${MINOR + 1}`;
const SERIES = `${MAJOR}.${MINOR}`;

type Edit = (rows: readonly FlatRow[]) => readonly FlatRow[];

/** The tables of a release with some rows otherwise: a tree that nobody has written yet. */
function changed(release: string, edits: Partial<Record<TableName, Edit>>): Flat {
  const flat = flatten(ROWS, parseRelease(release));
  return Object.fromEntries(
    Object.entries(flat).map(([table, rows]) => [table, edits[table as TableName]?.(rows) ?? rows]),
  ) as unknown as Flat;
}

/** What is proposed for a tree; spec-data's files stay as they are. */
function proposedFor(release: string, flat: Flat): Proposed {
  const tree = { flat, cores: { NOVEL_CORE: '0x77/0x123' }, unread: [], tree: new Tree({ read: () => undefined }) };
  return propose(new Docs(SPEC_DATA), tree, roleOf(parseRelease(release), ROWS.releases), 'a made-up tree', []);
}

function row(proposed: Proposed, key: string, table?: Proposed['proposals'][number]['table']): unknown {
  return proposed.proposals.find((each) => each.key === key && (table === undefined || each.table === table))?.row;
}

const HWCAP: FlatRow = {
  key: 'shiny',
  line: 'shiny 3.40 when ID_AA64ISAR0_EL1[7:4] u>=3 if CONFIG_ARM64_SHINY',
  state: {
    name: 'shiny',
    vector: 'AT_HWCAP3',
    bit: 40,
    constant: 'SHINY',
    when: { field: 'ID_AA64ISAR0_EL1.AES', atLeast: 3 },
    config: { config: 'CONFIG_ARM64_SHINY' },
  },
};

function withHwcap(rows: readonly FlatRow[]): readonly FlatRow[] {
  const at = rows.findIndex(({ key }) => key === 'aes');
  return [...rows.slice(0, at + 1), HWCAP, ...rows.slice(at + 1)];
}

const CAP: FlatRow = {
  key: 'WORKAROUND_42',
  line: 'WORKAROUND_42 | erratum 42 | local optional | cpu {0x77/0x123 r0p0..r1p0} if CONFIG_ARM64_ERRATUM_42',
  state: {
    description: 'erratum 42',
    type: 'local-cpu-erratum',
    config: { config: 'CONFIG_ARM64_ERRATUM_42' },
    affected: [{ midr: 'NOVEL_CORE r0p0..r1p0' }],
  },
};

describe('of the next release', () => {
  const flat = changed(`${NEXT}.0`, {
    hwcaps: withHwcap,
    'cpuinfo-order': (rows) => [...rows, { key: '3.40', line: '3.40 shiny' }],
    errata: (rows) => [...rows.filter(({ key }) => key !== 'WORKAROUND_858921'), CAP],
    cpucaps: (rows) =>
      rows.map((each) =>
        each.key === 'HAS_SB'
          ? {
              ...each,
              line: each.line.replace('(SB)', '(barrier)'),
              state: { ...each.state, description: 'Speculation barrier (barrier)' },
            }
          : each,
      ),
    'capability-order': (rows) => [
      { key: 'WORKAROUND_42', line: 'WORKAROUND_42' },
      ...rows.filter(({ key }) => key !== 'WORKAROUND_858921'),
    ],
  });
  const proposed = proposedFor(`${NEXT}.0`, flat);

  it('new rows, changes, ends and the order are proposed, and with them nothing differs', () => {
    expect(proposed.left.differences).toEqual([]);
    expect(proposed.left.reordered).toEqual([]);
    expect(proposed.elsewhere).toEqual([]);
    expect(proposed.proposals.filter(({ kind }) => kind === 'by hand')).toEqual([]);
  });

  it('a new hwcap stands right behind the one before it in the kernel’s table', () => {
    expect(row(proposed, 'shiny')).toEqual({
      name: 'shiny',
      vector: 'AT_HWCAP3',
      bit: 40,
      tableOrder: ROWS.hwcaps.find(({ name }) => name === 'aes')!.tableOrder + 1,
      since: NEXT,
      config: 'CONFIG_ARM64_SHINY',
      when: { field: 'ID_AA64ISAR0_EL1.AES', atLeast: 3 },
    });
  });

  it('a new erratum brings its core; one that is gone ends', () => {
    expect(row(proposed, 'NOVEL_CORE')).toEqual({ NOVEL_CORE: '0x77/0x123' });
    expect(row(proposed, 'WORKAROUND_42')).toEqual({
      name: 'WORKAROUND_42',
      since: NEXT,
      description: 'erratum 42',
      type: 'local-cpu-erratum',
      config: 'CONFIG_ARM64_ERRATUM_42',
      affected: [{ midr: 'NOVEL_CORE r0p0..r1p0', since: NEXT }],
    });
    expect(row(proposed, 'WORKAROUND_858921')).toMatchObject({ until: NEXT });
  });

  it('a change says only what is otherwise, and the release is listed with where it came from', () => {
    expect(row(proposed, 'HAS_SB')).toMatchObject({ changes: [{ since: NEXT, description: 'Speculation barrier (barrier)' }] });
    expect(row(proposed, `${NEXT}.0`, 'releases')).toEqual({ release: `${NEXT}.0`, mainline: true, tree: 'a made-up tree' });
  });
});

it('what a stable update has otherwise is a step of its series, behind the last update that was read', () => {
  const update = `${NEWEST.replace(/\d+$/, '')}${Number(NEWEST.split('.').at(-1)) + 5}`;
  const proposed = proposedFor(
    update,
    changed(update, { hwcaps: withHwcap, 'cpuinfo-order': (rows) => [...rows, { key: '3.40', line: '3.40 shiny' }] }),
  );
  expect(row(proposed, 'shiny')).toMatchObject({
    backports: [{ series: SERIES, since: update, notIn: NEWEST, config: 'CONFIG_ARM64_SHINY' }],
  });
  expect(proposed.left.differences).toEqual([]);
});

describe('of the lists of cores', () => {
  const [list] = flatten(ROWS, parseRelease(NEWEST))['core-lists'];
  const { affected } = list!.state as { readonly affected: readonly { readonly midr: string }[] };
  const withCores = (cores: readonly { readonly midr: string }[]): Partial<Record<TableName, Edit>> => ({
    'core-lists': (rows) =>
      rows.map((each) =>
        each === rows[0]
          ? {
              ...each,
              line: coreListLine(each.key, cores, { signed: false, cores: { ...ROWS.cores, NOVEL_CORE: '0x77/0x123' } }),
              state: { affected: cores },
            }
          : each,
      ),
  });

  it('a new core is proposed with the release, and with its number', () => {
    const proposed = proposedFor(`${NEXT}.0`, changed(`${NEXT}.0`, withCores([...affected, { midr: 'NOVEL_CORE' }])));
    expect(row(proposed, list!.key)).toMatchObject({ cores: expect.arrayContaining([{ midr: 'NOVEL_CORE', since: NEXT }]) });
    expect(row(proposed, 'NOVEL_CORE')).toEqual({ NOVEL_CORE: '0x77/0x123' });
    expect(proposed.left.differences).toEqual([]);
  });

  it('one that left and has no time is left to a person', () => {
    const proposed = proposedFor(`${NEXT}.0`, changed(`${NEXT}.0`, withCores(affected.slice(1))));
    expect(proposed.proposals.find(({ key }) => key === list!.key)).toMatchObject({
      kind: 'by hand',
      why: 'a core of the list has no time, and left',
    });
  });
});

describe('a tree between two that were read narrows what came between them', () => {
  const sublevel = (release: string): number => Number(release.split('.').at(-1));
  const gap = ROWS.errata
    .flatMap(({ backports = [] }) => backports)
    .filter(({ as, since, notIn }) => as !== undefined && notIn !== undefined && sublevel(since) > sublevel(notIn) + 1)
    .sort((a, b) => compareMainline(parseRelease(a.since), parseRelease(b.since)))
    .at(-1)!;
  const { series, since, notIn, as } = gap;
  const between = `${series}.${sublevel(notIn!) + 1}`;
  const steps = (proposed: Proposed): readonly unknown[] =>
    proposed.proposals
      .flatMap(({ kind, row: each }) => (kind === 'settles' ? [...(each.backports ?? []), each] : []))
      .filter((step) => step.series === series);

  it('that has it', () => {
    const proposed = proposedFor(between, changed(since, {}));
    expect(steps(proposed)).toContainEqual({ series, since: between, notIn, as });
    expect(proposed.left.differences).toEqual([]);
  });

  it('that has it not', () => {
    const proposed = proposedFor(between, changed(notIn!, {}));
    expect(steps(proposed)).toContainEqual({ series, since, notIn: between, as });
    expect(
      compare(flatten(ROWS, parseRelease(notIn!)), flatten(ROWS, parseRelease(between)), parseRelease(between), []).differences,
    ).toEqual([]);
  });
});

it('a row that ended and is here again is left to a person', () => {
  const old = flatten(ROWS, parseRelease('6.12.0')).errata.find(({ key }) => key === 'WORKAROUND_2457168')!;
  const proposed = proposedFor(`${NEXT}.0`, changed(`${NEXT}.0`, { errata: (rows) => [...rows, old] }));
  expect(proposed.proposals.find(({ key }) => key === old.key)).toMatchObject({
    kind: 'by hand',
    why: 'the row ended before this release and is here again',
  });
  expect(proposed.left.differences.map(({ key }) => key)).toEqual([old.key]);
});
