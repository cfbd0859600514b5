import { describe, expect, it } from 'vitest';
import { ArmlensError } from '../../../src/errors.ts';
import {
  isOlder,
  isRelease,
  KNOWN_TREES,
  MAINLINE_RELEASES,
  mainlineAfter,
  mainlineOf,
  NEWEST_RELEASE,
  nearestTree,
  resolveRelease,
  seriesOf,
  treesAround,
} from '../../../src/linux/release/known-trees.ts';
import { allPoints } from '../../../src/linux/release/points.ts';
import { compareMainline, parseRelease, updateName } from '../../../src/linux/release/release.ts';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ArmlensError) return `${error.code}: ${error.message}`;
  }
  return 'nothing thrown';
}

it('shows no more than 80 characters of what is no release', () => {
  expect(codeOf(() => parseRelease('x'.repeat(200)))).toMatch(/^bad-release: "x{80}" is no kernel release/);
});

it('takes a build of which nothing more is known for the newest of its series that was read', () => {
  const newest = new Map<string, number>();
  // Candidates stand below zero.
  for (const { series, sublevel = -1 } of KNOWN_TREES.map(({ release }) => parseRelease(release)))
    if (sublevel >= 0) newest.set(series, Math.max(sublevel, newest.get(series) ?? 0));
  for (const [series, sublevel] of newest)
    if (series !== 'rhel8') expect(resolveRelease(`${series}.0-1-board`)).toMatchObject({ series, sublevel });
});

describe('parseRelease', () => {
  // What `uname -r` prints on Debian 13, mainline builds, boards and forks; the sublevel is the kernel's own.
  it.each([
    ['7.2', '7.2', '7.2', undefined],
    ['v7.2', '7.2', '7.2', undefined],
    ['6.12.107+deb13-arm64', '6.12.107', '6.12', 107],
    ['5.15.167-derrick-pmo', '5.15.167', '5.15', 167],
    ['5.15.0', '5.15.0', '5.15', 0],
    ['6.6.0-arch1-1', '6.6.0', '6.6', 0],
    ['6.1.79-99.164.amzn2023.aarch64', '6.1.79', '6.1', 79],
    ['5.4.17-2136.300.7.el8uek.aarch64', '5.4.17', '5.4', 17],
    ['6.5.6-300.fc39.aarch64', '6.5.6', '6.5', 6],
    ['5.10.149-android13-4-00003-g2f6d60d2f0b7-ab9850788', '5.10.149', '5.10', 149],
    [' 6.12.117\n', '6.12.117', '6.12', 117],
    ['6.1.0-rc7', '6.1-rc7', '6.1', -93],
    ['6.1-rc7', '6.1-rc7', '6.1', -93],
    ['5.5.0-rc5-00012-gdeadbeef', '5.5-rc5', '5.5', -95],
    ['6.18.0-g1234abc', '6.18.0', '6.18', 0],
    ['6.17.0+', '6.17.0', '6.17', 0],
  ])('reads %j as %s of series %s at sublevel %s', (text, expected, series, sublevel) => {
    const release = parseRelease(text);
    expect(release.text).toBe(expected);
    expect(release.series).toBe(series);
    expect(release.sublevel).toBe(sublevel);
    expect(release.build).toBeUndefined();
  });

  // Red Hat's 8.3 ships 4.18.0-240, its 8.5 4.18.0-348.
  it.each([
    ['4.18.0-240.el8.aarch64', 240],
    ['4.18.0-348.2.1.el8_5.aarch64', 348],
    ['4.18.0-348', 348],
    ['4.18-rhel8.3', 240],
    ['4.18-rhel8.5', 348],
    ['4.18.0-32.el8.aarch64', 32],
  ])('reads %j as a build of the RHEL 8 series', (text, build) => {
    expect(parseRelease(text)).toEqual({ text: `4.18.0-${build}`, mainline: [4, 18], series: 'rhel8', sublevel: build });
  });

  // Debian 11's 5.10.0-32 is 5.10.223, Ubuntu's 5.15.0-97 is 5.15.136: the 0 says nothing.
  it.each([
    ['5.10.0-32-arm64', '5.10', 32],
    ['6.1.0-0.deb11.13-arm64', '6.1', 0],
    ['5.15.0-97-generic', '5.15', 97],
    ['6.5.0-1023-aws', '6.5', 1023],
    ['4.18.0-25-generic', '4.18', 25],
    ['5.14.0-427.13.1.el9_4.aarch64', '5.14', 427],
  ])('reads %j as a build of %s without a sublevel', (text, series, build) => {
    const release = parseRelease(text);
    expect(release).toMatchObject({ text: `${series}.0-${build}`, series, build });
    expect(release.sublevel).toBeUndefined();
  });

  it.each([
    '',
    'six',
    '6',
    '6.',
    '6.12.',
    '6.x',
    '6.12.1.',
    '6.12.123456',
    '6.12.99999999999999999999',
    '-6.1',
    '6.12.107 deb13',
    'linux-6.12',
    `6.${'1'.repeat(90)}`,
    '6.12/../..',
  ])('refuses %j as bad-release', (text) => {
    expect(codeOf(() => parseRelease(text))).toMatch(/^bad-release: .* is no kernel release; expected a form such as/);
  });

  it('names no more than 80 characters of what it refuses', () => {
    expect(codeOf(() => parseRelease('x'.repeat(10_000))).length).toBeLessThan(200);
  });
});

const NEWEST = parseRelease(NEWEST_RELEASE);
const AFTER_NEWEST = NEWEST.series.replace(/\d+$/, (minor) => String(Number(minor) + 1));

describe('resolveRelease', () => {
  it('takes 4.4 to the newest known series, and its updates to come', () => {
    expect(resolveRelease('4.4').text).toBe('4.4');
    expect(resolveRelease(`${NEWEST.series}.999`).text).toBe(`${NEWEST.series}.999`);
  });

  it.each(['3.10.0-1160.el7.aarch64', '4.3', '4.21', '5.20', '6.20', AFTER_NEWEST, '99.0'])('does not know %s', (text) => {
    expect(codeOf(() => resolveRelease(text))).toBe(
      `unknown-release: Linux ${parseRelease(text).text} is not known; known are 4.4 to ${NEWEST.series}`,
    );
  });

  it('takes a build without a sublevel for the update that it is known to hold', () => {
    expect(resolveRelease('5.10.0-32-arm64')).toMatchObject({ sublevel: 223, holds: 223, build: 32 });
    expect(resolveRelease('6.1.0-47-cloud-arm64')).toMatchObject({ sublevel: 170, holds: 170 });
    expect(resolveRelease('5.15.0-97-generic')).toMatchObject({ sublevel: 136, holds: 136 });
  });

  it('takes a build of which that is not known for the newest release of its series that was read', () => {
    const newest = (series: string): number =>
      Math.max(...KNOWN_TREES.flatMap(({ release }) => (release.startsWith(`${series}.`) ? Number(release.split('.')[2]) : [])));
    expect(resolveRelease('5.15.0-1051-aws').sublevel).toBe(newest('5.15'));
    expect(resolveRelease('5.10.0-1-arm64').sublevel).toBe(newest('5.10'));
    expect(resolveRelease('5.13.0-20-generic').sublevel).toBeUndefined();
    // openEuler counts otherwise than Debian.
    expect(resolveRelease('5.10.0-60.18.0.50.oe2203.aarch64').sublevel).toBe(newest('5.10'));
    for (const release of ['5.15.0-1051-aws', '5.10.0-60.18.0.50.oe2203.aarch64', '5.10.0-32', '5.10.0-1-arm64', '5.10.7'])
      expect(resolveRelease(release).holds).toBeUndefined();
  });
});

it('compares the mainline releases only', () => {
  expect(compareMainline(parseRelease('6.12.107'), parseRelease('6.12-rc1'))).toBe(0);
  expect(compareMainline(parseRelease('5.19'), parseRelease('6.0'))).toBeLessThan(0);
  expect(compareMainline(parseRelease('4.18.0-348.el8'), parseRelease('4.4.300'))).toBeGreaterThan(0);
});

it('names updates as releases are named', () => {
  expect(updateName('6.12', 107)).toBe('6.12.107');
  expect(updateName('rhel8', 348)).toBe(parseRelease('4.18.0-348.el8').text);
});

it('knows a name of a release, whether the release is known or not', () => {
  expect(['6.12.107', '99.1', 'linux', '', undefined].map(isRelease)).toEqual([true, true, false, false, false]);
});

describe('how a release stands to those that were read', () => {
  const standing = (text: string): readonly unknown[] => {
    const { certain, lastKnown, isTree } = nearestTree(parseRelease(text));
    return [certain, lastKnown, isTree];
  };

  it.each([
    ['5.10.223', true, true],
    ['5.10.222', true, false],
    ['5.10', true, false],
    ['5.10-rc3', false, false],
    ['6.1-rc7', true, true],
    ['6.1-rc6', false, false],
    ['5.10.0-32-arm64', false, false],
    ['5.10.99999', false, false],
  ])('%s is certain: %s, and a tree: %s', (text, certain, isTree) => {
    const [isCertain, lastKnown, isRead] = standing(text);
    expect([isCertain, isRead]).toEqual([certain, isTree]);
    expect(lastKnown).toBeGreaterThanOrEqual(text.startsWith('5.10') ? 223 : 192);
  });

  it('is not known of a series of which nothing was read', () => {
    expect(standing('6.16.4')).toEqual([false, Number.NEGATIVE_INFINITY, false]);
  });

  it.each([
    ['6.16.4', '6.14.0', '6.17.8'],
    ['6.15', '6.14.0', '6.17.8'],
    ['6.18-rc1', '6.17.8', '6.18.2'],
    ['5.5-rc2', '5.4.18', '5.5-rc5'],
  ])('%s is between %s and %s, the trees of mainline', (text, before, after) => {
    const found = treesAround(parseRelease(text));
    expect([found.before, found.after].map((release) => release && mainlineOf(release))).toEqual([before, after].map(mainlineOf));
  });

  it.each([
    ['6.1.192', '6.12', true],
    ['6.12', '6.1.192', false],
    ['6.12.5', '6.12', false],
    ['4.18.0-240.el8', '4.19', true],
  ])('%s is older than %s: %s', (release, than, isIt) => {
    expect(isOlder(release, than)).toBe(isIt);
  });

  it('has the mainline release that it grew from, its series, and those after it', () => {
    expect(['6.12.117', '4.18.0-240.el8', 'nonsense'].map(mainlineOf)).toEqual(['6.12', '4.18', undefined]);
    expect(['6.12.117', '4.18.0-240.el8'].map(seriesOf)).toEqual(['6.12', 'rhel8']);
    expect(mainlineAfter('5.18.3').slice(0, 3)).toEqual(['5.19', '6.0', '6.1']);
    expect([isRelease('6.12.117'), isRelease('nonsense'), isRelease(undefined)]).toEqual([true, false, false]);
  });

  it('stands among all points in order: by mainline, series, update', () => {
    const points = allPoints().map(({ release }) => release);
    for (const [i, release] of points.slice(1).entries()) {
      const before = points[i]!;
      const mainline = compareMainline(before, release);
      const isSame = before.series === release.series;
      expect(mainline < 0 || (mainline === 0 && (isSame ? before.sublevel! < release.sublevel! : before.series < release.series))).toBe(
        true,
      );
    }
    expect(new Set(points.map(({ mainline }) => mainline.join('.')))).toEqual(new Set(MAINLINE_RELEASES));
    expect(allPoints().find(({ release }) => release.text === '6.16')?.certain).toBe(false);
    expect(allPoints().find(({ release }) => release.text === '6.12.117')?.certain).toBe(true);
  });
});
