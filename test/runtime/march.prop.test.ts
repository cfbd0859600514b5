import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_ARCH_FEATURES, type ArchFeatureName } from '../../src/arch/arch-feature.ts';
import { ALL_LEVELS } from '../../src/arch/level.ts';
import { goArm64Features, goArm64For } from '../../src/runtime/goarm64.ts';
import { type CompilerRow, GCC, LLVM, levelFeatures, marchFor } from '../../src/runtime/march.ts';
import { naiveMarch, notGenerated } from '../support/naive-march.ts';
import { runs } from '../support/runs.ts';

const NAMES = ALL_ARCH_FEATURES.map(({ name }) => name);

/** Architecture features as machines have them: a compiler's level, some more, a few less. */
function archFeatures(): fc.Arbitrary<ReadonlySet<ArchFeatureName>> {
  const some = () => fc.subarray(NAMES, { maxLength: 40 });
  return fc
    .record({ level: fc.constantFrom(...ALL_LEVELS), more: some(), less: fc.subarray(NAMES, { maxLength: 12 }) })
    .map(({ level, more, less }) => new Set([...levelFeatures(LLVM, level.name), ...more].filter((name) => !less.includes(name))));
}

const compiler = (): fc.Arbitrary<CompilerRow> => fc.constantFrom(GCC, LLVM);

it('-march turns on only what the machine has, and what no compiler emits by itself', () => {
  fc.assert(
    fc.property(compiler(), archFeatures(), (target, has) => {
      const turned = naiveMarch(target.name, marchFor(target, has).text);
      expect(turned).toBeDefined();
      const harmless = notGenerated(target.name);
      expect([...turned!].filter((name) => !has.has(name as ArchFeatureName) && !harmless.has(name))).toEqual([]);
    }),
  );
});

it('the extensions of a -march stand only for what the machine has', () => {
  fc.assert(
    fc.property(compiler(), archFeatures(), (target, has) => {
      const { extensions } = marchFor(target, has);
      const features = target.extensions.filter(({ name }) => extensions.includes(name)).flatMap((row) => row.features);
      expect(features.filter((name) => !has.has(name))).toEqual([]);
    }),
  );
});

it('an extension more would turn on what is not there, or nothing', () => {
  fc.assert(
    fc.property(compiler(), archFeatures(), (target, has) => {
      const { text } = marchFor(target, has);
      if (/\+no(fp|simd)/.test(text)) return;
      const turned = naiveMarch(target.name, text)!;
      const harmless = notGenerated(target.name);
      for (const { name } of target.extensions) {
        const more = [...naiveMarch(target.name, `${text}+${name}`)!].filter((feature) => !turned.has(feature) && !harmless.has(feature));
        if (more.length > 0)
          expect(
            more.some((feature) => !has.has(feature as ArchFeatureName)) ||
              [...naiveMarch(target.name, `armv8-a+${name}`)!].some((feature) => !has.has(feature as ArchFeatureName)),
          ).toBe(true);
      }
    }),
    { numRuns: runs(30) },
  );
});

it('GOARM64 asks only for what the machine has', () => {
  fc.assert(
    fc.property(archFeatures(), (has) => {
      const asked = goArm64Features(goArm64For(has), has);
      expect(asked).toBeDefined();
      expect([...asked!].filter((name) => !has.has(name))).toEqual([]);
    }),
  );
});
