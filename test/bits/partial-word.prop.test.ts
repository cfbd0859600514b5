import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_BITS } from '../../src/bits/field.ts';
import {
  type FieldSet,
  fieldSetOf,
  fullSet,
  joinWords,
  knownWord,
  maskWord,
  membersWhere,
  type PartialWord,
  setMembers,
  withFieldSet,
} from '../../src/bits/partial-word.ts';

const bits = () => fc.bigInt({ min: 0n, max: ALL_BITS });

/** A word of which some bits are open, and one field may be less than its bits allow. */
function word(): fc.Arbitrary<PartialWord> {
  return fc.tuple(bits(), bits(), place(), fc.nat()).map(([value, open, { lsb, width }, dice]) => {
    const plain = { value: value & ~open, open };
    const set = 1 + (dice % fullSet(width));
    return dice % 3 === 0 ? plain : withFieldSet(plain, lsb, width, set);
  });
}

function place(): fc.Arbitrary<{ readonly lsb: number; readonly width: number }> {
  return fc.record({ lsb: fc.integer({ min: 0, max: 15 }).map((n) => n * 4), width: fc.constantFrom(1, 2, 3, 4) });
}

const fits = ({ value, open }: PartialWord, whole: bigint): boolean => ((whole ^ value) & ~open & ALL_BITS) === 0n;
const fieldOf = (whole: bigint, lsb: number, width: number): number => Number((whole >> BigInt(lsb)) & ((1n << BigInt(width)) - 1n));

describe('a set of values', () => {
  it('has its members in ascending order, and those of them for which a test holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 15 }), (set, least) => {
        const members = setMembers(set);
        expect(members.reduce((all, v) => all | (1 << v), 0)).toBe(set);
        expect(members).toEqual([...members].sort((a, b) => a - b));
        expect(setMembers(membersWhere(set, (v) => v >= least))).toEqual(members.filter((v) => v >= least));
      }),
    );
  });
});

describe('what is known of a word', () => {
  it('gives a field the values that its bits allow', () => {
    fc.assert(
      fc.property(bits(), bits(), place(), (value, open, { lsb, width }) => {
        const set = fieldSetOf({ value: value & ~open, open }, lsb, width);
        const [own, free] = [fieldOf(value, lsb, width), fieldOf(open, lsb, width)];
        for (let v = 0; v < 2 ** width; v++) expect(((set >> v) & 1) === 1).toBe((v & ~free) === (own & ~free));
      }),
    );
  });

  it('takes any set for a field and gives it back, and keeps what is known beside it', () => {
    fc.assert(
      fc.property(word(), place(), fc.nat(), fc.boolean(), (before, other, dice, again) => {
        // A field of which a set is known already, or any.
        const [key] = again ? (before.sets?.keys() ?? []) : [];
        const { lsb, width } = key === undefined ? other : { lsb: key >> 3, width: key & 7 };
        const set: FieldSet = 1 + (dice % fullSet(width));
        const after = withFieldSet(before, lsb, width, set);
        expect(fieldSetOf(after, lsb, width)).toBe(set);
        const mask = ((1n << BigInt(width)) - 1n) << BigInt(lsb);
        expect([after.value & ~mask, after.open & ~mask]).toEqual([before.value & ~mask, before.open & ~mask]);
        expect(after.value & after.open).toBe(0n);
        // Places start at multiples of four and are no wider.
        for (const at of before.sets?.keys() ?? []) {
          if (at >> 3 !== lsb) expect(fieldSetOf(after, at >> 3, at & 7)).toBe(fieldSetOf(before, at >> 3, at & 7));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of one of two words is what both allow, and of a word and itself that word', () => {
    fc.assert(
      fc.property(word(), word(), bits(), place(), (a, b, dice, { lsb, width }) => {
        const joined = joinWords(a, b);
        for (const one of [a, b]) {
          expect(fits(joined, one.value | (dice & one.open))).toBe(true);
          const own = fieldSetOf(one, lsb, width);
          expect(fieldSetOf(joined, lsb, width) & own).toBe(own);
        }
        expect(joinWords(a, a)).toEqual(a);
      }),
    );
  });

  it('of one of two that have the same known bits is open where either is', () => {
    for (const open of [0n, 1n, 1n << 63n]) {
      expect(joinWords(knownWord(0n), { value: 0n, open })).toEqual({ value: 0n, open });
      expect(joinWords({ value: 0n, open }, knownWord(0n))).toEqual({ value: 0n, open });
    }
  });

  it('is whole where it was, and all of some bits of it', () => {
    fc.assert(
      fc.property(word(), bits(), bits(), (one, mask, dice) => {
        const part = maskWord(one, mask);
        expect([part.value & ~mask, part.open & ~mask]).toEqual([0n, 0n]);
        expect(fits(part, (one.value | (dice & one.open)) & mask)).toBe(true);
        const isWhole = (key: number): boolean => fieldOf(mask, key >> 3, key & 7) === 2 ** (key & 7) - 1;
        expect([...(part.sets?.keys() ?? [])]).toEqual([...(one.sets?.keys() ?? [])].filter(isWhole));
        expect(maskWord(one, ALL_BITS)).toEqual(one);
        expect(joinWords(knownWord(dice), knownWord(dice))).toEqual(knownWord(dice));
      }),
    );
  });
});
