import { expect, it } from 'vitest';
import { levelMatrix } from '../../src/answers/level-matrix.ts';
import { ALL_LEVELS } from '../../src/arch/level.ts';

function standing(archFeature: string, level: string): string | undefined {
  const row = levelMatrix().find((one) => one.archFeature.name === archFeature);
  return row?.standings[ALL_LEVELS.findIndex(({ name }) => name === level)];
}

// Arm ARM DDI 0487, "The Armv8.x architecture extensions": FEAT_LRCPC2 is optional from Armv8.2, mandatory from Armv8.4.
it('FEAT_LRCPC2 is not of Armv8.1, optional in Armv8.2, mandatory from Armv8.4 on, and so in Armv9.0', () => {
  expect(['Armv8.1-A', 'Armv8.2-A', 'Armv8.3-A', 'Armv8.4-A', 'Armv9.0-A'].map((level) => standing('FEAT_LRCPC2', level))).toEqual([
    undefined,
    'optional',
    'optional',
    'mandatory',
    'mandatory',
  ]);
});

it('AArch32 at EL1 is optional in all of Armv8 and removed from Armv9.0', () => {
  expect(standing('FEAT_AA32EL1', 'Armv8.9-A')).toBe('optional');
  expect(standing('FEAT_AA32EL1', 'Armv9.0-A')).toBe('removed');
});

it('FEAT_SVE2 is customary in Armv9: Arm leaves it open, compilers take it for granted', () => {
  expect(standing('FEAT_SVE2', 'Armv8.9-A')).toBeUndefined();
  expect(standing('FEAT_SVE2', 'Armv9.0-A')).toBe('customary');
});

it('FEAT_RDM is asked for where FEAT_AdvSIMD is there, and the row tells the condition', () => {
  expect(standing('FEAT_RDM', 'Armv8.1-A')).toBe('conditional');
  const row = levelMatrix().find(({ archFeature }) => archFeature.name === 'FEAT_RDM');
  expect(row?.conditions.get('Armv8.1-A')).toEqual({ archFeature: 'FEAT_AdvSIMD' });
});

it('every architecture feature stands at some level, and a demand is never taken back but by a removal', () => {
  for (const { archFeature, standings } of levelMatrix()) {
    expect([archFeature.name, standings.some((one) => one !== undefined)]).toEqual([archFeature.name, true]);
    const from = standings.indexOf('mandatory');
    const after = from < 0 ? [] : standings.slice(from).filter((_, i) => ALL_LEVELS[from + i]!.name.startsWith('Armv8'));
    expect(after.every((one) => one === 'mandatory' || one === 'removed')).toBe(true);
  }
});
