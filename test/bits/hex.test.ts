import { expect, it } from 'vitest';
import { formatHex, parseWord } from '../../src/bits/hex.ts';

it.each([
  [0n, '0x0000000000000000'],
  [1n, '0x0000000000000001'],
  [0x410fd0c0n, '0x00000000410fd0c0'],
  [0xffff_ffff_ffff_ffffn, '0xffffffffffffffff'],
])('writes %s with 16 lower-case digits', (value, text) => {
  expect(formatHex(value)).toBe(text);
});

it.each([
  ['0x410FD0C0', 0x410fd0c0n],
  ['0X10', 16n],
  ['0b1111', 15n],
  ['42', 42n],
  [' 0x1 ', 1n],
  ['0x1100_0000_1111_1112', 0x1100_0000_1111_1112n],
  ['0xffffffffffffffff', 2n ** 64n - 1n],
  ['18446744073709551615', 2n ** 64n - 1n],
  ['0x00000000000000000000000000000001', 1n],
])('reads %j', (text, value) => {
  expect(parseWord(text)).toBe(value);
});

it.each(['', '0x', '-1', '1.5', '0xg', '12z', '_1', '1_', '0x_1', '1__2', '0x10000000000000000', '18446744073709551616', '0b2', '1 2'])(
  'refuses %j, which is no 64-bit value',
  (text) => {
    expect(parseWord(text)).toBeUndefined();
  },
);
