import { expect, it } from 'vitest';
import { bitsOfFields, fieldOfPath, fieldValue, withFieldValue } from '../../../src/linux/kvm/field-of-path.ts';

it.each([
  ['ID_AA64PFR0_EL1.SVE', 'ID_AA64PFR0_EL1', 32n, 0xfn],
  ['ID_AA64PFR1_EL1[23:20]', 'ID_AA64PFR1_EL1', 20n, 0xfn],
  ['CTR_EL0[28:28]', 'CTR_EL0', 28n, 1n],
])('finds the place of %s', (path, register, shift, mask) => {
  expect(fieldOfPath(path)).toMatchObject({ register, shift, mask });
});

it('knows the bits of fields, and reads and writes them', () => {
  expect(bitsOfFields([])).toBe(0n);
  expect(bitsOfFields(['ID_AA64ISAR0_EL1.AES', 'ID_AA64ISAR0_EL1[63:60]'])).toBe(0xf000_0000_0000_00f0n);
  const aes = fieldOfPath('ID_AA64ISAR0_EL1.AES');
  expect([fieldValue(0x1230n, aes), withFieldValue(0x1234n, aes, 0xffn)]).toEqual([3n, 0x12f4n]);
});
