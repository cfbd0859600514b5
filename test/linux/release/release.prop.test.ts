import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ArmlensError } from '../../../src/errors.ts';
import { resolveRelease } from '../../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';

const part = fc.nat({ max: 999 });
const suffix = fc.constantFrom('', '+deb13-arm64', '-rpi-v8', '.fc39.aarch64', '~rc', '_x', '-android13-4');

it('major, minor and sublevel come back, whatever a distribution adds', () => {
  fc.assert(
    fc.property(part, part, part, suffix, fc.constantFrom('', 'v'), (major, minor, sublevel, added, v) => {
      const release = parseRelease(`${v}${major}.${minor}.${sublevel}${added}`);
      expect([...release.mainline, release.sublevel]).toEqual([major, minor, sublevel]);
    }),
  );
});

it('the text of a release is read as the same release', () => {
  const texts = fc.oneof(
    fc.tuple(part, part).map(([x, y]) => `${x}.${y}`),
    fc.tuple(part, part, part).map(([x, y, z]) => `${x}.${y}.${z}`),
    fc.tuple(part, part, fc.nat({ max: 99 })).map(([x, y, n]) => `${x}.${y}.0-rc${n}`),
    fc.tuple(part, part, part).map(([x, y, n]) => `${x}.${y}.0-${n}-generic`),
    fc.integer({ min: 80, max: 999 }).map((build) => `4.18.0-${build}.el8.aarch64`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const release = parseRelease(text);
      expect(parseRelease(release.text)).toEqual(release);
    }),
  );
});

it('any text is a release or bad-release, and any release is known or unknown-release', () => {
  const codes = new Set(['bad-release', 'unknown-release']);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.rc+~_-]{0,20}$/)), (text) => {
      try {
        expect(resolveRelease(text).mainline.every(Number.isInteger)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(ArmlensError);
        expect(codes).toContain((error as ArmlensError).code);
      }
    }),
  );
});
