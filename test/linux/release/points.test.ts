import { describe, expect, it } from 'vitest';
import { BUILD_ROWS } from '../../../src/linux/generated/behaviour.ts';
import { KNOWN_TREES, MAINLINE_RELEASES } from '../../../src/linux/release/known-trees.ts';
import { allPoints, pointsOf } from '../../../src/linux/release/points.ts';
import { compareMainline, parseRelease } from '../../../src/linux/release/release.ts';

const texts = (text: string): readonly string[] => pointsOf(text).map(({ release }) => release.text);

/** The sublevels that were read of each mainline release. */
const READ = MAINLINE_RELEASES.map((series) => ({
  series,
  sublevels: KNOWN_TREES.map(({ release }) => parseRelease(release)).flatMap((tree) => (tree.series === series ? [tree.sublevel!] : [])),
}));
const SEVERAL = READ.filter(({ sublevels }) => sublevels.length > 1);

/** Sublevels between two neighbours that were read. */
const GAPS = SEVERAL.flatMap(({ series, sublevels }) =>
  sublevels.flatMap((before, at) => {
    const after = sublevels[at + 1];
    return after === undefined || after - before < 2 || before < 0 ? [] : [[series, before, after] as const];
  }),
);

it('all points stand in order', () => {
  for (const [at, { release }] of allPoints().entries()) {
    const next = allPoints()[at + 1]?.release;
    if (next === undefined) continue;
    const by = compareMainline(release, next);
    expect(by < 0 || (by === 0 && (release.series !== next.series || release.sublevel! < next.sublevel!)), next.text).toBe(true);
  }
});

describe('a release stands for', () => {
  it.each(KNOWN_TREES.map(({ release }) => release))('itself alone where it was read: %s', (text) => {
    expect(pointsOf(text)).toEqual([{ release: parseRelease(text), certain: true }]);
  });

  it.each(GAPS)('itself and the updates before and after it where it was not: of %s between %d and %d', (series, before, after) => {
    const between = `${series}.${before + 1}`;
    expect(pointsOf(between)).toMatchObject([
      { release: { text: between }, certain: false },
      { release: { text: `${series}.${before}` }, certain: true },
      { release: { text: `${series}.${after}` }, certain: true },
    ]);
  });

  it.each(SEVERAL)('all updates of its series where it tells none: $series', ({ series, sublevels }) => {
    expect(pointsOf(series)[0]!.certain).toBe(false);
    expect(texts(series)).toHaveLength(1 + sublevels.length);
  });

  it('itself for certain where one update of its series was read', () => {
    const alone = READ.flatMap(({ series, sublevels }) => (sublevels.length === 1 ? [series] : []));
    expect(alone.length).toBeGreaterThan(0);
    for (const series of alone) expect(pointsOf(series)[0], series).toMatchObject({ release: { text: series }, certain: true });
  });

  it('itself, and the mainline releases before and after it, where none of its series was read', () => {
    const unread = READ.flatMap(({ series, sublevels }) => (sublevels.length === 0 ? [series] : []));
    expect(unread.length).toBeGreaterThan(0);
    for (const text of unread) {
      const [own, before, after, ...more] = pointsOf(text);
      expect([own!.release.text, own!.certain, more]).toEqual([text, false, []]);
      expect(compareMainline(before!.release, own!.release)).toBeLessThan(0);
      expect(compareMainline(after!.release, own!.release)).toBeGreaterThan(0);
    }
  });

  it("what was read of its series from the update on that a distribution's build holds", () => {
    const holding = BUILD_ROWS.flatMap(({ series, flavours, holds }) =>
      holds.split(' ').flatMap((pair) => {
        const [build, update] = pair.split(':').map(Number) as [number, number];
        return KNOWN_TREES.some(({ release }) => release === `${series}.${update}`)
          ? [{ series, build, update, flavour: flavours.split(' ')[0]! }]
          : [];
      }),
    );
    expect(holding.length).toBeGreaterThan(0);
    for (const { series, build, update, flavour } of holding) {
      const name = `${series}.0-${build}-${flavour}`;
      const read = texts(name).slice(1);
      expect(read, name).toContain(`${series}.${update}`);
      expect(
        read.every((text) => parseRelease(text).sublevel! >= update),
        name,
      ).toBe(true);
    }
  });
});
