import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeMrs,
  encodeMrs,
  encodingOf,
  formatEncoding,
  isIdSpace,
  parseEncoding,
  registerAt,
  type SystemRegisterEncoding,
} from '../../src/arch/encoding.ts';
import { registerName } from '../support/arbitraries.ts';

function encoding(lowestOp0: number): fc.Arbitrary<SystemRegisterEncoding> {
  const upTo = (max: number) => fc.integer({ min: 0, max });
  return fc.record({ op0: fc.integer({ min: lowestOp0, max: 3 }), op1: upTo(7), crn: upTo(15), crm: upTo(15), op2: upTo(7) });
}

it('parse after format gives the encoding back', () => {
  fc.assert(
    fc.property(encoding(0), (one) => {
      expect(parseEncoding(formatEncoding(one))).toEqual(one);
    }),
  );
});

it('decode after encode gives the instruction back', () => {
  fc.assert(
    fc.property(encoding(2), fc.integer({ min: 0, max: 31 }), (one, rt) => {
      const word = encodeMrs({ encoding: one, rt });
      expect(decodeMrs(word!)).toEqual({ encoding: one, rt });
    }),
  );
});

it('encode after decode gives the word back, for every word that is an MRS', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xf_ffff }), (low) => {
      const word = 0xd530_0000 + low;
      expect(encodeMrs(decodeMrs(word)!)).toBe(word);
    }),
  );
});

it('a register is at its own encoding', () => {
  fc.assert(
    fc.property(registerName(), (name) => {
      expect(registerAt(encodingOf(name))).toBe(name);
    }),
  );
});

it('the ID space is exactly S3_0_C0_*', () => {
  fc.assert(
    fc.property(encoding(0), (one) => {
      expect(isIdSpace(one)).toBe(formatEncoding(one).startsWith('S3_0_C0_'));
    }),
  );
});
