import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DifferenceGroup, diffSystems, type Sides } from '../../src/answers/diff.ts';
import type { Subject } from '../../src/answers/subject.ts';
import { boot } from '../../src/linux/boot.ts';
import { registerName, word64 } from '../support/arbitraries.ts';

const subject = (): fc.Arbitrary<Subject> =>
  fc
    .tuple(fc.dictionary(registerName(), word64(), { maxKeys: 12, noNullPrototype: true }), fc.constantFrom('4.4', '5.10', '6.12', '7.2'))
    .map(([registers, release]) => ({ name: 'x', kernel: { release }, system: boot({ cpus: [{ registers }] }, { release }) }));

const mirrored = ({ onlyA, onlyB }: Sides): Sides => ({ onlyA: onlyB, onlyB: onlyA });

function mirroredGroup({ field, hwcaps, archFeatures }: DifferenceGroup): DifferenceGroup {
  const effects = { hwcaps: mirrored(hwcaps), archFeatures: mirrored(archFeatures) };
  if (field === undefined) return effects;
  const { path, a, b } = field;
  return { field: { path, ...(b === undefined ? {} : { a: b }), ...(a === undefined ? {} : { b: a }) }, ...effects };
}

it('a system does not differ from itself', () => {
  fc.assert(
    fc.property(subject(), (one) => {
      expect(diffSystems(one, one)).toEqual({ groups: [], compat: { onlyA: [], onlyB: [] }, identical: true });
    }),
    { numRuns: 30 },
  );
});

it('swapping the sides mirrors the answer', () => {
  fc.assert(
    fc.property(subject(), subject(), (a, b) => {
      const { groups, compat, identical } = diffSystems(a, b);
      expect(diffSystems(b, a)).toEqual({ groups: groups.map(mirroredGroup), compat: mirrored(compat), identical });
    }),
    { numRuns: 30 },
  );
});

it('every hwcap that one side has more stands under exactly one cause', () => {
  fc.assert(
    fc.property(subject(), subject(), (a, b) => {
      const { groups } = diffSystems(a, b);
      const expected = a.system.hwcaps.names.filter((name) => !b.system.hwcaps.names.includes(name));
      expect(groups.flatMap(({ hwcaps }) => hwcaps.onlyA).sort()).toEqual([...expected].sort());
    }),
    { numRuns: 30 },
  );
});
