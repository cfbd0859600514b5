import fc from 'fast-check';
import { expect, it } from 'vitest';
import { archFeaturesAt, decodeRegister } from '../../src/arch/decode.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { insertField, widthOf } from '../../src/bits/field.ts';
import { registerName, word64 } from '../support/arbitraries.ts';

it('the fields and the bits outside make up the value again', () => {
  fc.assert(
    fc.property(registerName(), word64(), fc.constantFrom(undefined, 'legacy' as const, 'ccidx' as const), (name, value, variant) => {
      const { fields, outsideFields } = decodeRegister(name, value, variant);
      expect(fields.reduce((word, { field, raw }) => insertField(word, field, raw), outsideFields)).toBe(value);
    }),
  );
});

it('value and raw are the same bits', () => {
  fc.assert(
    fc.property(registerName(), word64(), (name, value) => {
      for (const { field, raw, value: signed } of decodeRegister(name, value).fields) {
        expect(BigInt.asUintN(widthOf(field), signed)).toBe(raw);
        expect(signed < 0n).toBe(field.sign === 'signed' && raw >= 2n ** BigInt(widthOf(field) - 1));
      }
    }),
  );
});

it('a higher value keeps every promise of a lower one, except those that hold at one value only', () => {
  const fields = ALL_REGISTERS.flatMap((register) => register.fields).filter((field) => field.implements !== undefined);
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.nat(15), fc.nat(15), (field, a, b) => {
      const width = widthOf(field);
      const [low, high] = [BigInt.asIntN(width, BigInt(a)), BigInt.asIntN(width, BigInt(b))].map((value) =>
        BigInt.asUintN(width, value),
      ) as [bigint, bigint];
      const order = (raw: bigint) => (field.sign === 'signed' ? BigInt.asIntN(width, raw) : raw);
      fc.pre(order(low) <= order(high) && high !== BigInt(field.notImplementedValue ?? -1));
      const only = new Set(field.implementsOnlyAt?.[String(low)] ?? []);
      const kept = archFeaturesAt(field, low).filter((name) => !only.has(name));
      expect(archFeaturesAt(field, high)).toEqual(expect.arrayContaining([...kept]));
    }),
  );
});
