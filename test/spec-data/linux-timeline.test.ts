import { describe, expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { ORDER_EDITS } from '../../src/linux/release/capability.ts';
import { KNOWN_TREES } from '../../src/linux/release/known-trees.ts';
import { compareMainline, parseRelease } from '../../src/linux/release/release.ts';
import type { Timed } from '../../src/linux/release/rows.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import { MAINLINE_RELEASES } from '../support/linux-releases.ts';
import { ALL_ROWS } from '../support/linux-rows.ts';
import { specFiles } from '../support/spec-files.ts';

type Step = { readonly since: string; readonly notIn?: string };

/** A number that grows with history: mainline release by mainline release, and with the updates of each; a bare release is its start. */
function place(text: string): number {
  const { mainline, sublevel = 0 } = parseRelease(text);
  return (mainline[0] * 100 + mainline[1]) * 100_000 + sublevel;
}

/** The mainline steps of a row: its beginning, its changes, its end. */
function steps(row: Timed<object>): readonly Step[] {
  const first = row.since === undefined ? [] : [{ since: row.since, ...(row.notIn === undefined ? {} : { notIn: row.notIn }) }];
  const last = row.until === undefined ? [] : [{ since: row.until, ...(row.untilNotIn === undefined ? {} : { notIn: row.untilNotIn }) }];
  return [...first, ...(row.changes ?? []), ...last];
}

/** The names of the rows of which something is wrong. */
function wrong(isWrong: (row: Timed<object>) => boolean): readonly string[] {
  return ALL_ROWS.filter(([, row]) => isWrong(row)).map(([name]) => name);
}

/** A step that only a candidate of the same release lacks comes after one that the candidate has. */
function follows(step: Step, before: Step): boolean {
  if (place(step.since) !== place(before.since)) return place(step.since) > place(before.since);
  return step.notIn !== undefined && compareMainline(parseRelease(step.notIn), parseRelease(step.since)) === 0;
}

const UPDATES = readSpec<{ readonly updates: readonly { readonly releases: readonly string[] }[] }>('linux/releases.json').updates.flatMap(
  ({ releases }) => releases,
);

/** Since when the steps are there that are known to come with no earlier update of their series. */
function datesIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  const { series, since, notIn } = value as { readonly series?: string; readonly since?: string; readonly notIn?: string };
  const own = series !== undefined && since !== undefined && notIn !== undefined ? [since] : [];
  return [...own, ...Object.values(value).flatMap(datesIn)];
}

describe('every row of spec-data/linux', () => {
  it('dates what a stable update brought by a tree that was read, or by an update of which it is known', () => {
    const trees = KNOWN_TREES.map(({ release }) => release);
    const dates = specFiles().flatMap(({ path, content }) => (path.startsWith('linux/') ? datesIn(content) : []));
    expect([...new Set(dates)].filter((date) => !trees.includes(date) && !UPDATES.includes(date))).toEqual([]);
    expect(UPDATES.filter((update) => !dates.includes(update))).toEqual([]);
  });

  it('has its beginning, changes and end in ascending order', () => {
    expect(wrong((row) => steps(row).some((step, index, all) => index > 0 && !follows(step, all[index - 1]!)))).toEqual([]);
  });

  it('names mainline releases that exist', () => {
    const known = new Set(MAINLINE_RELEASES.map(({ text }) => text));
    const named = (row: Timed<object>): readonly string[] => [
      ...steps(row).map(({ since }) => since),
      ...(row.backports ?? []).flatMap(({ as }) => as ?? []),
    ];
    expect(wrong((row) => named(row).some((text) => !known.has(text)))).toEqual([]);
  });

  it('is not known to lack a change later than it has it', () => {
    const late = ({ since, notIn }: Step): boolean => notIn !== undefined && place(notIn) >= place(since);
    expect(wrong((row) => [...steps(row), ...(row.backports ?? [])].some((step) => late(step)))).toEqual([]);
  });

  it('leaves a gap only where the release before was not read', () => {
    const read = new Set(KNOWN_TREES.map(({ release }) => parseRelease(release).mainline.join('.')));
    // What was learnt by reading functions was read in fewer releases than the tables were.
    const byFunction = ['rule evtstrm-parameter', 'rule boolean-words'];
    const gapsOf = (row: Timed<object>): readonly Step[] =>
      steps(row).filter(
        ({ since, notIn }) =>
          notIn !== undefined &&
          MAINLINE_RELEASES.some(({ text }) => place(text) > place(notIn) && place(text) < place(since) && read.has(text)),
      );
    expect(wrong((row) => gapsOf(row).length > 0)).toEqual(byFunction.filter((name) => ALL_ROWS.some(([row]) => row === name)));
  });

  it('has backports whose releases are of their series, in ascending order', () => {
    const isForeign = ({ series, since, notIn = since }: { series: string; since: string; notIn?: string }): boolean =>
      parseRelease(since).series !== series || parseRelease(notIn).series !== series;
    expect(wrong(({ backports = [] }) => backports.some(isForeign))).toEqual([]);
    const disordered = ({ backports = [] }: Timed<object>): boolean =>
      backports.some(({ series, since }, index) =>
        backports.slice(0, index).some((before) => before.series === series && place(before.since) >= place(since)),
      );
    expect(wrong(disordered)).toEqual([]);
  });

  it('stands in a backport as in a mainline release that has it', () => {
    expect(
      wrong((row) => (row.backports ?? []).some(({ as }) => as !== undefined && stateAt(row, parseRelease(as)) === undefined)),
    ).toEqual([]);
  });
});

describe('the edits of the capability order', () => {
  it('are in ascending order, mainline first, and remove and move only what is there', () => {
    const mainline = ORDER_EDITS.filter(({ series }) => series === undefined);
    expect(mainline.filter((edit, index) => index > 0 && !follows(edit, mainline[index - 1]!))).toEqual([]);
    const known = new Set<string>();
    for (const { add = [], remove = [] } of ORDER_EDITS) {
      expect(remove.filter((name) => !known.has(name))).toEqual([]);
      for (const { name, after } of add) {
        expect(after === undefined || known.has(after), `${name} after ${after}`).toBe(true);
        known.add(name);
      }
    }
  });
});

describe('the trees that were read', () => {
  it('stand in the order of their releases, each once', () => {
    const places = KNOWN_TREES.map(({ release }) => place(release));
    const rhel = KNOWN_TREES.map(({ release }) => parseRelease(release).series === 'rhel8');
    expect(places.filter((value, index) => index > 0 && !rhel[index] && !rhel[index - 1] && value <= places[index - 1]!)).toEqual([]);
    expect(new Set(KNOWN_TREES.map(({ release }) => release)).size).toBe(KNOWN_TREES.length);
  });

  it('stand for each mainline release at most once, and for all but 5.13, 6.15 and 6.16', () => {
    const series = KNOWN_TREES.filter(({ mainline }) => mainline).map(({ release }) => parseRelease(release).mainline.join('.'));
    expect(new Set(series).size).toBe(series.length);
    expect(MAINLINE_RELEASES.map(({ text }) => text).filter((text) => !series.includes(text))).toEqual(['5.13', '6.15', '6.16']);
  });
});

it('builds of a distribution hold more and more of their series, which is known', () => {
  const { rows } = readSpec<{ readonly rows: readonly { readonly series: string; readonly holds: Readonly<Record<string, number>> }[] }>(
    'linux/builds.json',
  );
  for (const { series, holds } of rows) {
    expect(KNOWN_TREES.some(({ release }) => release.startsWith(`${series}.`))).toBe(true);
    const updates = Object.entries(holds).sort(([a], [b]) => Number(a) - Number(b));
    expect(updates.filter(([, update], i) => i > 0 && update <= updates[i - 1]![1]).map(([build]) => `${series}.0-${build}`)).toEqual([]);
  }
});
