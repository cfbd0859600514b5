import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HWCAP_ROWS } from '../../../src/linux/generated/hwcaps.ts';
import { nearestTree } from '../../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import { doubtsAt, stateAt } from '../../../src/linux/release/timeline.ts';
import { MAINLINE_RELEASES } from '../../support/linux-releases.ts';
import { ALL_ROWS } from '../../support/linux-rows.ts';

const rows = fc.constantFrom(...ALL_ROWS);
const mainline = fc.constantFrom(...MAINLINE_RELEASES);
const releases = fc.tuple(mainline, fc.nat({ max: 400 })).map(([release, sublevel]) => parseRelease(`${release.text}.${sublevel}`));

it('a row stands at its own beginning and not at its end', () => {
  fc.assert(
    fc.property(rows, ([, row]) => {
      if (row.since !== undefined) expect(stateAt(row, parseRelease(row.since))).toBeDefined();
      if (row.until !== undefined) expect(stateAt(row, parseRelease(row.until))).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

it('a row does not stand in mainline before its beginning', () => {
  fc.assert(
    fc.property(rows, mainline, ([, row], release) => {
      const index = MAINLINE_RELEASES.indexOf(release);
      const first = MAINLINE_RELEASES.findIndex(({ text }) => text === row.since);
      if (first < 0 || index < first) expect(stateAt(row, release)).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

it('a hwcap that a mainline release has is in every later one', () => {
  fc.assert(
    fc.property(fc.constantFrom(...HWCAP_ROWS), mainline, mainline, (row, a, b) => {
      const [older, newer] = MAINLINE_RELEASES.indexOf(a) <= MAINLINE_RELEASES.indexOf(b) ? [a, b] : [b, a];
      if (stateAt(row, older)) expect(stateAt(row, newer)).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});

it('a stable update never loses a hwcap that its mainline release has', () => {
  fc.assert(
    fc.property(fc.constantFrom(...HWCAP_ROWS), releases, (row, release) => {
      if (stateAt(row, parseRelease(release.series))) expect(stateAt(row, release)).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});

it('a state has no bookkeeping in it', () => {
  fc.assert(
    fc.property(rows, releases, ([, row], release) => {
      const state = stateAt(row, release) ?? {};
      for (const key of ['since', 'notIn', 'until', 'untilNotIn', 'changes', 'backports', 'series', 'as', 'gone'])
        expect(Object.keys(state)).not.toContain(key);
    }),
  );
});

it('what a series says only changes at a step of that series', () => {
  fc.assert(
    fc.property(rows, releases, ([, row], release) => {
      const steps = (row.backports ?? []).filter(({ series }) => series === release.series);
      if (release.sublevel! > 0 && steps.every(({ since }) => parseRelease(since).sublevel !== release.sublevel)) {
        expect(stateAt(row, release)).toEqual(stateAt(row, parseRelease(`${release.series}.${release.sublevel! - 1}`)));
      }
    }),
    { numRuns: 2000 },
  );
});

it('a doubt names a release after the one in doubt, or the same', () => {
  const order = ({ mainline: [major, minor], sublevel = 0 }: ReturnType<typeof parseRelease>): number =>
    (major * 100 + minor) * 1000 + sublevel;
  fc.assert(
    fc.property(rows, releases, ([name, row], release) => {
      for (const { since, notIn } of doubtsAt(name, row, release, nearestTree(release).lastKnown)) {
        expect(order(parseRelease(since))).toBeGreaterThan(order(release));
        if (notIn !== undefined) expect(order(parseRelease(notIn))).toBeLessThan(order(release));
      }
    }),
    { numRuns: 2000 },
  );
});
