import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareSystems } from '../../src/answers/compare-systems.ts';
import { type ComparedCause, type Comparison, EFFECT_KINDS, type EffectKind } from '../../src/answers/comparison.ts';
import type { Subject } from '../../src/answers/subject.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { registerName, word64 } from '../support/arbitraries.ts';
import { runs } from '../support/runs.ts';

const kernel = (): fc.Arbitrary<Kernel> =>
  fc.record({
    release: fc.constantFrom('4.4', '5.10', '6.12', '7.2'),
    config: fc.constantFrom('defconfig', { CONFIG_ARM64_SVE: 'n', CONFIG_ARM64_ERRATUM_3194386: 'n' } as const),
    cmdline: fc.constantFrom('', 'arm64.nosve arm64.nopauth'),
  });

const subject = (): fc.Arbitrary<Subject> =>
  fc
    .tuple(
      fc.dictionary(registerName(), word64(), { maxKeys: 6, noNullPrototype: true }),
      fc.constantFrom(0x410f_d0c1n, 0x410f_d034n),
      kernel(),
      fc.constantFrom(1 as const, 2 as const),
    )
    .map(([registers, midr, booted, bootEl]) => {
      const machine = { cpus: [{ registers: { ...registers, MIDR_EL1: midr } }] };
      return { name: 'x', kernel: booted, machine, system: boot(machine, booted, { bootEl }) };
    });

/** The same with the sides swapped, as far as order does not matter. */
function mirrored({ causes, levels, common, open, identical }: Comparison): object {
  const turned = (effects: readonly Named[]): readonly Named[] =>
    effects.map(({ kind, name, has }) => ({ kind, name, has: has.toReversed() })).toSorted(byName);
  return {
    causes: causes.map(({ cause, values, effects }) => ({
      cause,
      values: values.toReversed(),
      effects: turned(effects),
    })),
    levels: levels.map(({ reading, levels: own, upTo, lacking }) => ({
      reading,
      levels: own.toReversed(),
      upTo: upTo.toReversed(),
      lacking: lacking.toReversed(),
    })),
    common: [...common].sort(),
    open: turned(open),
    identical,
  };
}

type Named = ComparedCause['effects'][number];
const byName = (a: Named, b: Named): number => `${a.kind} ${a.name}`.localeCompare(`${b.kind} ${b.name}`);

function sorted(comparison: Comparison): object {
  const { causes, common, open } = comparison;
  return {
    ...comparison,
    causes: causes.map((cause) => ({ ...cause, effects: cause.effects.toSorted(byName) })),
    common: [...common].sort(),
    open: open.toSorted(byName),
  };
}

it('a system does not differ from itself', () => {
  fc.assert(
    fc.property(subject(), (one) => {
      expect(compareSystems([one, one])).toMatchObject({ causes: [], common: one.system.hwcaps.names, open: [], identical: true });
    }),
    { numRuns: runs(15) },
  );
});

it('swapping the sides mirrors the answer', () => {
  fc.assert(
    fc.property(subject(), subject(), (a, b) => {
      expect(sorted(compareSystems([b, a]))).toEqual(mirrored(compareSystems([a, b])));
    }),
    { numRuns: runs(8) },
  );
});

it('every name that one side has more stands under exactly one cause', () => {
  fc.assert(
    fc.property(subject(), subject(), (a, b) => {
      const effects = compareSystems([a, b]).causes.flatMap((cause) => cause.effects);
      const under = (wanted: EffectKind, side: 0 | 1): readonly string[] =>
        effects.flatMap(({ kind, name, has }) => (kind === wanted && has[side] ? [name] : []));
      const more = (own: readonly string[], other: readonly string[]) => own.filter((name) => !other.includes(name)).sort();
      expect([...under('hwcaps', 0)].sort()).toEqual(more(a.system.hwcaps.names, b.system.hwcaps.names));
      expect([...under('cpucaps', 1)].sort()).toEqual(more(b.system.cpucaps, a.system.cpucaps));
      for (const kind of EFFECT_KINDS) expect(new Set(under(kind, 0)).size).toBe(under(kind, 0).length);
      for (const { has } of effects) expect(has[0]).not.toBe(has[1]);
    }),
    { numRuns: runs(8) },
  );
});

it('of three, what is said of each pair with the first is said together', () => {
  fc.assert(
    fc.property(subject(), subject(), subject(), (a, b, c) => {
      const { causes } = compareSystems([a, b, c]);
      const pairs = [b, c].flatMap((other) => compareSystems([a, other]).causes.flatMap((cause) => cause.effects));
      const names = (effects: readonly Named[]): readonly string[] =>
        [...new Set(effects.map(({ kind, name }) => `${kind} ${name}`))].sort();
      expect(names(causes.flatMap((cause) => cause.effects))).toEqual(names(pairs));
    }),
    { numRuns: runs(8) },
  );
});
