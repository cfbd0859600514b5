import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agreed, allOf, anyOf, negate, type Truth } from '../../src/logic/truth.ts';

const truths = (): fc.Arbitrary<Truth[]> => fc.array(fc.constantFrom(true, false, undefined), { maxLength: 4 });

/** Every list without unknowns that a list may turn out to be. */
function settled(list: readonly Truth[]): readonly boolean[][] {
  return list.reduce<boolean[][]>(
    (ways, truth) => ways.flatMap((way) => (truth === undefined ? [true, false] : [truth]).map((one) => [...way, one])),
    [[]],
  );
}

it('all and any say what every way to settle the unknown agrees in', () => {
  fc.assert(
    fc.property(truths(), (list) => {
      expect(allOf(list)).toBe(agreed(settled(list).map((way) => way.every(Boolean))));
      expect(anyOf(list)).toBe(agreed(settled(list).map((way) => way.some(Boolean))));
    }),
  );
});

it('not all is any not, and the opposite of the opposite is the same', () => {
  fc.assert(
    fc.property(truths(), (list) => {
      expect(negate(allOf(list))).toBe(anyOf(list.map((one) => negate(one))));
      expect(list.map((one) => negate(negate(one)))).toEqual(list);
    }),
  );
});

it('cases that differ, one that is not known, and no case agree in nothing', () => {
  expect([agreed([true, false]), agreed([true, undefined]), agreed([])]).toEqual([undefined, undefined, undefined]);
  expect([agreed([true, true]), agreed([false])]).toEqual([true, false]);
});
