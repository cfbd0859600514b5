import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatHex, parseWord } from '../../src/bits/hex.ts';
import { word64 } from '../support/arbitraries.ts';

it('parse after format gives the value back', () => {
  fc.assert(
    fc.property(word64(), (value) => {
      expect(parseWord(formatHex(value))).toBe(value);
    }),
  );
});

it('a value reads the same in hexadecimal, binary and decimal', () => {
  fc.assert(
    fc.property(word64(), (value) => {
      expect(parseWord(`0x${value.toString(16).toUpperCase()}`)).toBe(value);
      expect(parseWord(`0b${value.toString(2)}`)).toBe(value);
      expect(parseWord(value.toString())).toBe(value);
    }),
  );
});

it('no text makes it throw or leave 64 bits', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^0?[xb]?[0-9a-f_]{0,70}$/)), (text) => {
      const value = parseWord(text);
      expect(value === undefined || (value >= 0n && value < 2n ** 64n)).toBe(true);
    }),
  );
});
