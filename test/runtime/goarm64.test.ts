import { describe, expect, it } from 'vitest';
import type { ArchFeatureName } from '../../src/arch/arch-feature.ts';
import { GOARM64_LEVELS, goArm64Features, goArm64For } from '../../src/runtime/goarm64.ts';

const set = (...names: readonly string[]): ReadonlySet<ArchFeatureName> => new Set(names.map((name) => `FEAT_${name}` as ArchFeatureName));
const CRYPTO = ['AES', 'PMULL', 'SHA1', 'SHA256'];

describe('goArm64For', () => {
  it('knows v8.0 to v8.9 and v9.0 to v9.5, as Go does', () => {
    const versions = [...Array.from({ length: 10 }, (_, i) => `v8.${i}`), ...Array.from({ length: 6 }, (_, i) => `v9.${i}`)];
    expect(GOARM64_LEVELS).toEqual(versions);
  });

  it.each([
    [[], 'v8.0'],
    [['LSE'], 'v8.0,lse'],
    [['LSE', ...CRYPTO], 'v8.0,lse,crypto'],
    // LSE is mandatory from v8.1, so Go does not write it.
    [['LSE', 'CRC32', ...CRYPTO], 'v8.1,crypto'],
    [['AdvSIMD', 'LSE', 'CRC32'], 'v8.0,lse'],
    [['AdvSIMD', 'RDM', 'LSE', 'CRC32', 'DPB'], 'v8.2'],
  ])('%j is %s', (names, expected) => {
    expect(goArm64For(set(...names))).toBe(expected);
  });

  it('refuses what is no value of GOARM64', () => {
    for (const value of ['v8', 'v9.6', 'v8.0,sve', '']) expect(goArm64Features(value, set())).toBeUndefined();
  });
});

it('of several machines the condition of a level is asked of each', () => {
  const without = new Set(GOARM64_LEVELS.flatMap((level) => [...goArm64Features(level, new Set())!]));
  // One has no floating point, so that a level asks for no JSCVT of it; the other has, and lacks JSCVT.
  const with_ = new Set([...without, 'FEAT_FP' as const, 'FEAT_AdvSIMD' as const]);
  expect(goArm64For(with_)).not.toBe(goArm64For(without));
  expect(
    goArm64For(without, [
      { certain: without, possible: without },
      { certain: with_, possible: with_ },
    ]),
  ).toBe(goArm64For(with_));
});
