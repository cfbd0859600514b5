import { describe, expect, it } from 'vitest';
import { stateNear } from '../../../src/linux/release/history.ts';
import { NEWEST_RELEASE } from '../../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import { knownSeries, rowTimeline, ruleSpans } from '../../../src/linux/release/row-timeline.ts';
import { stateAt } from '../../../src/linux/release/timeline.ts';

const at = (row: Parameters<typeof rowTimeline>[0], series: string) => rowTimeline(row).find((one) => one.series === series)!;

describe('a timeline', () => {
  it('goes through every mainline series, and puts RHEL 8 behind the release that it grew from', () => {
    const series = knownSeries();
    expect(series.slice(0, 2)).toEqual(['4.4', '4.5']);
    expect(series.at(-1)).toBe(parseRelease(NEWEST_RELEASE).series);
    expect(series[series.indexOf('4.18') + 1]).toBe('rhel8');
    // 4.4 to 4.20 are 17, 5.0 to 5.19 and 6.0 to 6.19 are 20 each, besides RHEL 8.
    const of = (major: string) => series.filter((one) => one.startsWith(`${major}.`)).length;
    expect(['4', '5', '6'].map(of)).toEqual([17, 20, 20]);
    expect(new Set(series).size).toBe(series.length);
  });

  it('begins where mainline has the row, and ends where it has not any more', () => {
    const row = { since: '4.7', until: '5.14' };
    expect(at(row, '4.6').atFirst).toBe('absent');
    expect(at(row, '4.7').atFirst).toBe('present');
    expect(at(row, '5.13').atFirst).toBe('present');
    expect(at(row, '5.14').atFirst).toBe('absent');
  });

  it('does not know a series between the last release known without the row and the first known with it', () => {
    const row = { since: '6.18', notIn: '6.14' };
    expect(['6.14', '6.15', '6.17', '6.18'].map((series) => at(row, series).atFirst)).toEqual(['absent', 'unknown', 'unknown', 'present']);
  });

  it('names the update with which a stable series took the row', () => {
    const row = { since: '4.17', backports: [{ series: '4.14', since: '4.14.177', notIn: '4.14.74', as: '4.17' }] };
    expect(at(row, '4.14')).toEqual({
      series: '4.14',
      atFirst: 'absent',
      updates: [{ since: '4.14.177', notIn: '4.14.74', present: true }],
    });
    expect(at(row, '4.15')).toEqual({ series: '4.15', atFirst: 'absent', updates: [] });
  });

  it('leaves out an update that changed the row but not whether it is there', () => {
    const row = { since: '5.6', config: 'CONFIG_X', backports: [{ series: '5.10', since: '5.10.223', notIn: '5.10.7', config: null }] };
    expect(at(row, '5.10')).toEqual({ series: '5.10', atFirst: 'present', updates: [] });
  });

  it('says what the row itself says at the first release of each series', () => {
    const row = { since: '4.17', until: '6.3', backports: [{ series: '4.14', since: '4.14.177', as: '4.17' }] };
    for (const { series, atFirst } of rowTimeline(row)) {
      if (series !== 'rhel8') expect(atFirst === 'present').toBe(stateAt(row, parseRelease(series)) !== undefined);
    }
  });
});

describe('the rules of a row over time', () => {
  const one = { field: 'ID_AA64ISAR1_EL1.APA', atLeast: 1 };
  const other = { field: 'ID_AA64ISAR2_EL1.APA3', atLeast: 1 };

  it('are one for each change of the condition or the option', () => {
    const row = { since: '5.0', when: one, changes: [{ since: '5.18', when: { any: [one, other] } }] };
    expect(ruleSpans(row)).toEqual([
      { since: '5.0', when: one },
      { since: '5.18', when: { any: [one, other] } },
    ]);
  });

  it('leave out changes of anything else', () => {
    expect(ruleSpans({ since: '5.0', when: one, changes: [{ since: '5.10', notIn: '5.7' }] })).toEqual([{ since: '5.0', when: one }]);
  });
});

it('nearest to a release that has not the row, it says what it said first, and what it says last where that is not known', () => {
  const row = { since: '5.3', value: 1, changes: [{ since: '5.10', value: 2 }] };
  const value = (of: Parameters<typeof stateNear>[0], release: string) =>
    stateNear<{ value: number }>(of as typeof row, parseRelease(release))?.value;
  expect(['5.0', '5.3', '5.12'].map((release) => value(row, release))).toEqual([1, 1, 2]);
  expect(value({ ...row, until: '5.14' }, '6.1')).toBe(1);
});
