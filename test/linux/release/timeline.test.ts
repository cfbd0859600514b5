import { describe, expect, it } from 'vitest';
import { kernelAt } from '../../../src/linux/release/kernel-at.ts';
import { KNOWN_TREES, NEWEST_RELEASE } from '../../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import type { Timed } from '../../../src/linux/release/rows.ts';
import { doubtsAt, isEverInDoubt, stateAt } from '../../../src/linux/release/timeline.ts';

interface State {
  readonly value: number;
  readonly extra?: true;
}

const at = (row: Timed<State>, text: string): State | undefined => stateAt<State>(row, parseRelease(text));

const NEWEST = parseRelease(NEWEST_RELEASE);

describe('stateAt', () => {
  const row: Timed<State> = {
    since: '5.4',
    value: 1,
    extra: true,
    changes: [
      { since: '5.10', value: 2 },
      { since: '5.15', extra: null },
      { since: '6.0', gone: true },
      { since: '6.2', value: 9 },
    ],
    until: '6.12',
    backports: [
      { series: '4.19', since: '4.19.50', notIn: '4.19.0', value: 7 },
      { series: '4.19', since: '4.19.90', as: '5.15' },
      { series: '5.15', since: '5.15.80', gone: true },
      { series: 'rhel8', since: '4.18.0-240', as: '5.10' },
    ],
  };

  it.each<readonly [string, State | undefined]>([
    ['5.3', undefined],
    ['5.3.99', undefined],
    ['5.4', { value: 1, extra: true }],
    ['5.9.16', { value: 1, extra: true }],
    ['5.10.0', { value: 2, extra: true }],
    ['5.15', { value: 2 }],
    ['5.15.79', { value: 2 }],
    ['5.15.80', undefined],
    ['5.16', { value: 2 }],
    ['6.0', undefined],
    ['6.2', { value: 9 }],
    ['6.11.5', { value: 9 }],
    ['6.12', undefined],
    ['4.19.49', undefined],
    ['4.19.50', { value: 7 }],
    ['4.19.90', { value: 2 }],
    ['4.19', undefined],
    ['4.18.0-239.el8', undefined],
    ['4.18.0-240.el8', { value: 2, extra: true }],
    ['4.18', undefined],
  ])('at %s is %j', (text, expected) => {
    expect(at(row, text)).toEqual(expected);
  });

  it('keeps a candidate apart that is known to lack a change of its own release', () => {
    const late: Timed<State> = { since: '6.18', notIn: '6.14', value: 1, changes: [{ since: '6.18', notIn: '6.18-rc0', value: 2 }] };
    expect(at(late, '6.18-rc0')).toEqual({ value: 1 });
    expect(at(late, '6.18-rc1')).toEqual({ value: 2 });
    expect(at(late, '6.18')).toEqual({ value: 2 });
  });

  // kernelVariants(): where it is not certain what a release has, it also stands the other way.
  const late: Timed<State> = { since: '6.18', notIn: '6.14', value: 1 };
  const ended: Timed<State> = { since: '5.4', value: 1, until: '6.18', untilNotIn: '6.14' };
  const taken: Timed<State> = { ...late, backports: [{ series: '5.15', since: '5.15.167', notIn: '5.15.158', as: '6.18' }] };
  it.each<readonly [string, Timed<State>, boolean, boolean]>([
    ['6.14', late, false, false],
    ['6.16', late, false, true],
    ['6.18', late, true, true],
    ['6.14', ended, true, true],
    ['6.16', ended, true, false],
    ['6.18', ended, false, false],
    ['5.15.158', taken, false, false],
    ['5.15.160', taken, false, true],
    ['5.15.167', taken, true, true],
    ['5.10.230', taken, false, true],
  ])('at %s, of %j, is turned where it is in doubt', (text, one, has, hasTurned) => {
    const turned = { ...parseRelease(text), flipped: new Set([one]) };
    expect([at(one, text), stateAt<State>(one, turned)].map((state) => state?.value)).toEqual(
      [has, hasTurned].map((is) => (is ? 1 : undefined)),
    );
  });

  it('does not mix what two rows say: a state holds nothing of the row around it', () => {
    expect(Object.keys(at(row, '5.4')!)).toEqual(['value', 'extra']);
  });
});

describe('doubtsAt', () => {
  const row: Timed<State> = {
    since: '6.18',
    notIn: '6.14',
    value: 1,
    backports: [{ series: '5.15', since: '5.15.167', notIn: '5.15.158', as: '6.18' }],
  };
  const doubts = (text: string, lastKnown = 200): readonly unknown[] => doubtsAt('row', row, parseRelease(text), lastKnown);

  it('are none where the row is known to stand or not to stand', () => {
    for (const text of ['6.14', '6.14.11', '6.18', '7.0', '5.15.158', '5.15.167', '5.15.180']) expect(doubts(text), text).toEqual([]);
  });

  it('are none of a mainline release whose first update is known to lack what a later one has', () => {
    const taken = (more: object): Timed<State> => ({ since: '6.18', value: 1, backports: [{ series: '5.15', since: '5.15.9', ...more }] });
    expect(doubtsAt('row', taken({ notIn: '5.15.0' }), parseRelease('5.15'), 200)).toEqual([]);
    expect(doubtsAt('row', taken({}), parseRelease('5.15'), 200)).toEqual([{ row: 'row', since: '5.15.9' }]);
  });

  it('name both ends of a gap, of mainline and of a series', () => {
    expect(doubts('6.16')).toEqual([{ row: 'row', since: '6.18', notIn: '6.14' }]);
    expect(doubts('5.15.160')).toEqual([{ row: 'row', since: '5.15.167', notIn: '5.15.158' }]);
  });

  it('are raised behind the last release read of a series, by what other series took', () => {
    expect(doubts('5.10.230', 223)).toEqual([{ row: 'row', since: '6.18', notIn: '5.10.223' }]);
    expect(doubts('5.10.223', 223)).toEqual([]);
    expect(doubts('5.13.5', Number.NEGATIVE_INFINITY)).toEqual([{ row: 'row', since: '6.18', notIn: '5.13.0' }]);
    expect(doubts('5.13', Number.NEGATIVE_INFINITY)).toEqual([]);
  });

  it('are raised for a build without a sublevel by all that its series took', () => {
    expect(doubtsAt('row', row, { ...parseRelease('5.15.0-97-generic'), sublevel: 167 }, 167)).toEqual([
      { row: 'row', since: '5.15.167', notIn: '5.15.158' },
    ]);
  });
});

describe('fidelity', () => {
  /** Rules that were learnt by reading functions of few trees, and the trees between those; so were lists of cores. */
  const LEARNT_ELSEWHERE = ['rule evtstrm-parameter', 'rule boolean-words'];

  it.each(KNOWN_TREES.map(({ release }) => release))('of %s, which was read, is exact in all that stands in tables', (release) => {
    const { fidelity, doubts } = kernelAt({ release });
    const others = doubts.filter(({ row }) => !LEARNT_ELSEWHERE.includes(row) && !row.startsWith('list '));
    expect(others).toEqual([]);
    expect(fidelity).toBe(doubts.length === 0 ? 'exact' : 'bounded');
  });

  it.each(['7.2', '7.2.4', '5.10', '5.10.3', '4.19.0', '7.2.4-v8+', '5.10.240', '5.15.100', '6.12.112'])(
    'of %s, at which it is known of each row, is exact',
    (release) => {
      expect(kernelAt({ release })).toMatchObject({ fidelity: 'exact', doubts: [] });
    },
  );

  it.each<readonly [string, string]>([
    // 6.6.31 has not, 6.6.63 has the workaround that hides SSBS.
    ['6.6.40', 'erratum WORKAROUND_SPECULATIVE_SSBS'],
    // 5.15.167 has not, 5.15.224 has it.
    ['5.15.200', 'erratum WORKAROUND_BROKEN_AMU_CONSTCNT'],
    ['5.4.200', 'erratum SPECTRE_BHB'],
    ['5.13.4', 'register GMID_EL1'],
    ['5.13', 'register GMID_EL1'],
    ['6.15', 'hwcap sme2p2'],
    ['5.15.0-1051-aws', 'sublevel of 5.15.0-1051'],
    ['5.15.0-1051-aws', 'hwcap ecv'],
    // Ubuntu takes what other series take, too.
    ['6.8.0-60-generic', 'erratum WORKAROUND_SPECULATIVE_SSBS'],
    ['6.2.0-39-generic', 'erratum WORKAROUND_SPECULATIVE_SSBS'],
    // Debian's build 32 is made of 5.10.223; the workaround came with 5.10.224.
    ['5.10.0-32-arm64', 'updates of 5.10.0-32 beyond 5.10.223, which it holds'],
    ['5.10.0-32-arm64', 'erratum WORKAROUND_SPECULATIVE_SSBS'],
    ['6.12-rc3', 'release 6.12-rc3'],
    [`${NEWEST.series}.${(NEWEST.sublevel ?? 0) + 1}`, `updates of ${NEWEST.series} after the last one read`],
    ['4.18.0-553.el8', 'updates of rhel8 after the last one read'],
  ])('of %s is bounded, with %s in doubt', (release, row) => {
    const { fidelity, doubts } = kernelAt({ release });
    expect(fidelity).toBe('bounded');
    expect(doubts.map((doubt) => doubt.row)).toContain(row);
  });

  it('of a build does not doubt what came with updates that it holds', () => {
    const rows = kernelAt({ release: '5.10.0-32-arm64' }).doubts.map(({ row }) => row);
    expect(rows.filter((row) => /hwcap (?:ecv|afp|rpres)|1742098|SPECTRE_BHB/.test(row))).toEqual([]);
    // Debian takes the updates of its series, and what other series took is none of them.
    expect(rows).not.toContain('erratum WORKAROUND_AMPERE_AC03_CPU_38');
  });

  it('names the trees on both sides of a release that no tree stands for', () => {
    expect(kernelAt({ release: '5.13' }).doubts[0]).toEqual({ row: 'release 5.13', notIn: '5.12.9', since: '5.14.2' });
    expect(kernelAt({ release: '6.12-rc3' }).doubts).toEqual([{ row: 'release 6.12-rc3', notIn: '6.11.11', since: '6.12.0' }]);
  });
});

it.each<readonly [Timed<State>, boolean]>([
  [{ since: '5.4', value: 1 }, false],
  [{ since: '5.4', value: 1, changes: [{ since: '5.10', value: 2 }] }, false],
  [{ since: '5.4', value: 1, changes: [{ since: '5.10', notIn: '5.8', value: 2 }] }, true],
  [{ since: '5.4', notIn: '5.2', value: 1 }, true],
  [{ since: '5.4', until: '5.9', untilNotIn: '5.8', value: 1 }, true],
  [{ since: '5.4', value: 1, backports: [{ series: '4.19', since: '4.19.9', value: 1 }] }, true],
])('a row is in doubt where a step has a gap before it, or a series took it: %j', (row, isInDoubt) => {
  expect(isEverInDoubt(row)).toBe(isInDoubt);
});
