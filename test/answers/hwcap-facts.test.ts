import { expect, it } from 'vitest';
import { fieldConditionsOf } from '../../src/answers/field-conditions.ts';
import { hwcapFacts } from '../../src/answers/hwcap-facts.ts';
import { allHwcaps, findHwcap } from '../../src/linux/release/hwcap-catalogue.ts';

it('knows every hwcap by its name and by its constant, in any case', () => {
  expect(findHwcap('ilrcpc')).toBe(findHwcap('HWCAP_ILRCPC'));
  expect(findHwcap('KERNEL_HWCAP_SVE2')).toMatchObject({ name: 'sve2', vector: 'AT_HWCAP2', bit: 1 });
  expect(findHwcap('nothing')).toBeUndefined();
  expect(hwcapFacts('nothing')).toBeUndefined();
});

it('lists vectors and bits in ascending order, each once', () => {
  const places = allHwcaps().map(({ vector, bit }) => `${vector} ${String(bit).padStart(2, '0')}`);
  expect(places).toEqual([...new Set(places)].sort());
});

it('has reasons for the two that follow from no ID register', () => {
  expect(
    allHwcaps()
      .filter(({ when }) => when === undefined)
      .map(({ name }) => name),
  ).toEqual(['evtstrm', 'cpuid']);
  expect(hwcapFacts('cpuid')).toMatchObject({ archFeatures: [], hiddenBy: [] });
});

it('names the architecture features behind a hwcap, and the errata that hide it', () => {
  // Linux arch/arm64/kernel/cpufeature.c: the SSBS erratum takes ID_AA64PFR1_EL1.SSBS from EL0, 2658417 takes ID_AA64ISAR1_EL1.BF16.
  expect(hwcapFacts('ssbs')?.hiddenBy.map(({ name }) => name)).toContain('WORKAROUND_SPECULATIVE_SSBS');
  expect(hwcapFacts('bf16')?.hiddenBy.map(({ name }) => name)).toEqual(['WORKAROUND_2658417']);
  expect(hwcapFacts('ilrcpc')?.archFeatures.map(({ name }) => name)).toEqual(['FEAT_LRCPC2']);
});

it('finds the comparisons of a condition from left to right, those behind a not left out', () => {
  const compare = (field: string) => ({ field, atLeast: 1 });
  const condition = {
    all: [compare('a'), { any: [compare('b'), { not: compare('c') }] }, { cpucap: 'SVE' }, { rule: 'r', of: compare('d') }, { rule: 's' }],
  };
  expect(fieldConditionsOf(condition).map(({ field }) => field)).toEqual(['a', 'b', 'd']);
});
