import { expect, it } from 'vitest';
import { mayOverride, overrideTableAt } from '../../../src/linux/release/override-table.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';

// Linux idreg-override.c: of ID_AA64PFR0_EL1 SVE, at bit 32, is there, EL0 and FP are not.
it.each([
  ['ID_AA64PFR0_EL1', 32, true],
  ['ID_AA64PFR0_EL1', 0, false],
  ['ID_AA64PFR0_EL1', 16, false],
  ['ID_AA64ISAR0_EL1', 32, false],
])('of %s the field at bit %d may be overridden: %s', (register, lsb, may) => {
  expect(mayOverride(overrideTableAt(parseRelease('6.1.192')), register, lsb)).toBe(may);
});
