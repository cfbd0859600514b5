import { describe, expect, it } from 'vitest';
import {
  ALL_LEVELS,
  conditionalArchFeatures,
  findLevel,
  includedLevels,
  mandatoryArchFeatures,
  optionalArchFeatures,
  removedArchFeatures,
} from '../../src/arch/level.ts';

describe('a level', () => {
  it.each(['Armv8.4-A', 'armv8.4-a', 'v8.4', '8.4', 'Armv8.4'])('%s is Armv8.4-A', (text) => {
    expect(findLevel(text)?.name).toBe('Armv8.4-A');
  });

  it.each(['Armv8.10-A', 'Armv7-A', '8', ''])('%j is none', (text) => {
    expect(findLevel(text)).toBeUndefined();
  });

  it('Armv9.1-A includes Armv9.0-A and Armv8.6-A with all below, and nothing else', () => {
    expect(includedLevels('Armv9.1-A').map(({ name }) => name)).toEqual([
      ...['Armv8.0-A', 'Armv8.1-A', 'Armv8.2-A', 'Armv8.3-A', 'Armv8.4-A', 'Armv8.5-A', 'Armv8.6-A'],
      ...['Armv9.0-A', 'Armv9.1-A'],
    ]);
  });

  it('stands after the levels that it implies', () => {
    const names = ALL_LEVELS.map(({ name }) => name);
    for (const { name, implies = [] } of ALL_LEVELS) {
      for (const below of implies) expect(names.indexOf(below), `${below} in ${name}`).toBeLessThan(names.indexOf(name));
    }
  });
});

it('FEAT_LSE is mandatory from Armv8.1-A and optional in Armv8.0-A', () => {
  expect(mandatoryArchFeatures('Armv8.0-A').has('FEAT_LSE')).toBe(false);
  expect(optionalArchFeatures('Armv8.0-A').has('FEAT_LSE')).toBe(true);
  expect(mandatoryArchFeatures('Armv8.1-A').has('FEAT_LSE')).toBe(true);
  expect(optionalArchFeatures('Armv8.1-A').has('FEAT_LSE')).toBe(false);
});

it('FEAT_VHE is mandatory from Armv8.1-A where EL2 is there', () => {
  expect(conditionalArchFeatures('Armv8.0-A')).toEqual([]);
  expect(conditionalArchFeatures('Armv8.2-A')).toContainEqual({ archFeature: 'FEAT_VHE', when: { archFeature: 'FEAT_AA64EL2' } });
});

it('AArch32 at EL1 ends with Armv9.0-A', () => {
  expect(removedArchFeatures('Armv8.9-A').size).toBe(0);
  expect(removedArchFeatures('Armv9.3-A').has('FEAT_AA32EL1')).toBe(true);
  expect(optionalArchFeatures('Armv9.3-A').has('FEAT_AA32EL1')).toBe(false);
});
