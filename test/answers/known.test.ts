import { describe, expect, it } from 'vitest';
import { KNOWN, type KnownKind, type KnownKindName, knownName, knownNames, nearestKnown } from '../../src/answers/known.ts';

const kinds = Object.keys(KNOWN) as readonly KnownKindName[];

describe.each(kinds)('%s', (kind) => {
  const { all, nameOf, find } = KNOWN[kind] as KnownKind<unknown>;

  it('finds each of its own by its name', () => {
    for (const one of all()) expect(nameOf(find(nameOf(one))!)).toBe(nameOf(one));
  });

  it('finds nothing by a name that nobody has', () => {
    expect(find('no such name')).toBeUndefined();
  });
});

it.each([
  ['hwcap', 'HWCAP2_SVE2', 'sve2'],
  ['arch-feature', 'lse', 'FEAT_LSE'],
  ['cpucap', 'ARM64_HAS_PAN', 'HAS_PAN'],
  ['cpucap', 'pan', 'HAS_PAN'],
  ['core', '0x413fd0c1', 'Neoverse-N1'],
  ['core', 'CORTEX_A53', 'Cortex-A53'],
  ['level', '8.4', 'Armv8.4-A'],
  ['field', 'id_aa64pfr0.sve', 'ID_AA64PFR0_EL1.SVE'],
] as const)('a %s is found as people write it: %s', (kind, text, name) => {
  expect(knownName(kind, text)).toBe(name);
});

it('knows what is near', () => {
  expect(nearestKnown('machine', 'rk3589')).toBe('rk3588');
  expect(knownNames('hwcap', 'compat')).toEqual(expect.arrayContaining(['sve', 'neon']));
});
