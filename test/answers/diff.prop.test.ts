import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LevelDifference } from '../../src/answers/diff/level-differences.ts';
import {
  type DifferenceCause,
  type DifferenceGroup,
  diffSystems,
  EFFECT_KINDS,
  type EffectKind,
  type Sides,
} from '../../src/answers/diff.ts';
import type { Subject } from '../../src/answers/subject.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { registerName, word64 } from '../support/arbitraries.ts';

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

const mirrored = ({ onlyA, onlyB }: Sides): Sides => ({ onlyA: onlyB, onlyB: onlyA });

function mirroredEffects(effects: Readonly<Record<EffectKind, Sides>>): Readonly<Record<EffectKind, Sides>> {
  const { hwcaps, compat, archFeatures, cpucaps } = effects;
  return { hwcaps: mirrored(hwcaps), compat: mirrored(compat), archFeatures: mirrored(archFeatures), cpucaps: mirrored(cpucaps) };
}

function mirroredCause(cause: DifferenceCause): object {
  if (cause.kind === 'together') return cause;
  const { a, b, ...rest } = cause;
  return { ...rest, ...(b === undefined ? {} : { a: b }), ...(a === undefined ? {} : { b: a }) };
}

const mirroredGroup = (group: DifferenceGroup): object => ({ cause: mirroredCause(group.cause), ...mirroredEffects(group) });

function mirroredLevel({ reading, a, b, lackingA, lackingB }: LevelDifference): object {
  const levels = { ...(b === undefined ? {} : { a: b }), ...(a === undefined ? {} : { b: a }) };
  return { reading, ...levels, lackingA: lackingB, lackingB: lackingA };
}

const NONE = { onlyA: [], onlyB: [] };

it('a system does not differ from itself', () => {
  fc.assert(
    fc.property(subject(), (one) => {
      const total = { hwcaps: NONE, compat: NONE, archFeatures: NONE, cpucaps: NONE };
      expect(diffSystems(one, one)).toEqual({ groups: [], total, levels: [], identical: true });
    }),
    { numRuns: 30 },
  );
});

it('swapping the sides mirrors the answer', () => {
  fc.assert(
    fc.property(subject(), subject(), (a, b) => {
      const { groups, total, levels, identical } = diffSystems(a, b);
      expect(diffSystems(b, a)).toEqual({
        groups: groups.map(mirroredGroup),
        total: mirroredEffects(total),
        levels: levels.map(mirroredLevel),
        identical,
      });
    }),
    { numRuns: 20 },
  );
});

it('every name that one side has more stands under exactly one cause', () => {
  fc.assert(
    fc.property(subject(), subject(), (a, b) => {
      const { groups, total } = diffSystems(a, b);
      const more = (own: readonly string[], other: readonly string[]) => own.filter((name) => !other.includes(name));
      expect(total.hwcaps.onlyA).toEqual(more(a.system.hwcaps.names, b.system.hwcaps.names));
      expect(total.cpucaps.onlyB).toEqual(more(b.system.cpucaps, a.system.cpucaps));
      for (const kind of EFFECT_KINDS) {
        expect(groups.flatMap((group) => group[kind].onlyA).sort()).toEqual([...total[kind].onlyA].sort());
        expect(groups.flatMap((group) => group[kind].onlyB).sort()).toEqual([...total[kind].onlyB].sort());
      }
    }),
    { numRuns: 20 },
  );
});
