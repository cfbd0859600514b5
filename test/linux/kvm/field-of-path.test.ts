import { expect, it } from 'vitest';
import { fieldOfPath } from '../../../src/linux/kvm/field-of-path.ts';

it.each([
  ['ID_AA64PFR0_EL1.SVE', 'ID_AA64PFR0_EL1', 32n, 0xfn],
  ['ID_AA64PFR1_EL1[23:20]', 'ID_AA64PFR1_EL1', 20n, 0xfn],
  ['CTR_EL0[28:28]', 'CTR_EL0', 28n, 1n],
])('finds the place of %s', (path, register, shift, mask) => {
  expect(fieldOfPath(path)).toMatchObject({ register, shift, mask });
});
