import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluateArchFeatures } from '../../src/arch/arch-feature.ts';
import { archFeatureBounds } from '../../src/arch/arch-feature-bounds.ts';
import { fieldBits } from '../../src/arch/field-bits.ts';
import type { RegisterName } from '../../src/arch/register.ts';
import { readField } from '../../src/bits/field.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';

it('the bounds hold the field that the features came from', async () => {
  const registers = (await Promise.all(KNOWN_MACHINES.map(({ name }) => loadMachine(name)))).flatMap(({ machine }) =>
    machine.cpus.map((cpu) => cpu.registers),
  );
  fc.assert(
    fc.property(fc.constantFrom(...registers), (file) => {
      const outcomes = [...evaluateArchFeatures((register: RegisterName) => file[register])];
      const of = (wanted: boolean) => outcomes.filter(([, outcome]) => outcome === wanted).map(([name]) => name);
      for (const [path, { min, max }] of archFeatureBounds(of(true), of(false))) {
        const bits = fieldBits(path);
        const value = file[bits.register];
        if (value === undefined) continue;
        const field = Number(readField(value, bits, bits.sign));
        expect([path, field >= (min ?? field), field <= (max ?? field)]).toEqual([path, true, true]);
      }
    }),
  );
});

it.each([
  ['FEAT_LSE', ['FEAT_LSE'], [], 'ID_AA64ISAR0_EL1.Atomic', { min: 2 }],
  ['no FEAT_LSE', [], ['FEAT_LSE'], 'ID_AA64ISAR0_EL1.Atomic', { max: 1 }],
  ['FEAT_IVIPT, which two values show,', ['FEAT_IVIPT'], [], 'CTR_EL0.L1Ip', { min: 2, max: 3 }],
  ['no FEAT_IVIPT, which leaves values on both sides,', [], ['FEAT_IVIPT'], 'CTR_EL0.L1Ip', undefined],
  ['FEAT_AA32EL0, which one value shows,', ['FEAT_AA32EL0'], [], 'ID_AA64PFR0_EL1.EL0', { min: 2, max: 2 }],
  ['no FEAT_AA32EL0', [], ['FEAT_AA32EL0'], 'ID_AA64PFR0_EL1.EL0', undefined],
  ['FEAT_PMUv3p1, which stays below one made otherwise,', ['FEAT_PMUv3p1'], [], 'ID_AA64DFR0_EL1.PMUVer', { min: 4, max: 14 }],
  ['FEAT_SHA256 without FEAT_SHA512', ['FEAT_SHA256'], ['FEAT_SHA512'], 'ID_AA64ISAR0_EL1.SHA2', { min: 1, max: 1 }],
] as const)('%s bounds its field', (_, present, absent, path, bound) => {
  expect(archFeatureBounds(present, absent).get(path)).toEqual(bound);
});
