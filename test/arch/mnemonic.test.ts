import { expect, it } from 'vitest';
import { type ArchFeatureName, findArchFeature } from '../../src/arch/arch-feature.ts';
import { mnemonicRow } from '../../src/arch/instruction.ts';
import { allInstructions, findInstruction } from '../../src/arch/mnemonic.ts';

/** All that an architecture feature needs, directly or not. */
function needs(name: ArchFeatureName, seen: Set<ArchFeatureName> = new Set()): ReadonlySet<ArchFeatureName> {
  for (const one of findArchFeature(name)?.requires ?? []) {
    if (seen.has(one)) continue;
    seen.add(one);
    needs(one, seen);
  }
  return seen;
}

it('names of features are those of the table', () => {
  for (const { name, archFeatures } of allInstructions()) {
    expect(archFeatures.length, name).toBeGreaterThan(0);
    for (const one of archFeatures) expect(findArchFeature(one.name), name).toMatchObject(one);
  }
});

it('agrees with the encodings, which were gathered apart from it, in every mnemonic that both know: the same feature, or one that needs it', () => {
  const both = allInstructions().flatMap(({ name, archFeatures }) => {
    const row = mnemonicRow(name);
    return row?.archFeature === undefined
      ? []
      : [{ name, agrees: archFeatures.some((one) => one.name === row.archFeature || needs(one.name).has(row.archFeature!)) }];
  });
  expect(both.length).toBeGreaterThan(100);
  expect(both.filter(({ agrees }) => !agrees).map(({ name }) => name)).toEqual([]);
});

it.each(['PACIA', 'CASP', 'BFDOT', 'CPYFP', 'SMSTART', 'IRG', 'FRINT32Z', 'LDAPUR', 'dc cvap'])('finds %s', (text) => {
  expect(findInstruction(text)?.name).toBe(text.toUpperCase());
});

it('finds every instruction and register by its own name', () => {
  expect(allInstructions().filter((own) => findInstruction(own.name) !== own)).toEqual([]);
});
