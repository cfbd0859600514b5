import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldOfHalves, halvesOf } from '../../src/bits/halves.ts';

it('a field of the halves is the field of the value, and one that lies in both is told', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(63), fc.integer({ min: 1, max: 32 }), (value, lsb, width) => {
      fc.pre(lsb + width <= 64);
      const expected = lsb < 32 && lsb + width > 32 ? undefined : Number((value >> BigInt(lsb)) & ((1n << BigInt(width)) - 1n));
      expect(fieldOfHalves(halvesOf(value), lsb, width)).toBe(expected);
    }),
  );
});
