import { describe, expect, it } from 'vitest';
import { readBoolean, readHexDigit, readInteger, readLeadingNumber, readUnsigned } from '../../../src/linux/cmdline/values.ts';

// Linux lib/kstrtox.c, kstrtobool(), of 5.10.223, 6.1.192 and 7.2.13.
it.each([
  [undefined, undefined, undefined, undefined],
  ['', undefined, undefined, undefined],
  ['y', true, true, true],
  ['Yes', true, true, true],
  ['1', true, true, true],
  ['10', true, true, true],
  ['on', true, true, true],
  ['ON', true, true, true],
  ['n', false, false, false],
  ['No', false, false, false],
  ['0', false, false, false],
  ['off', false, false, false],
  ['of', false, false, false],
  ['o', undefined, undefined, undefined],
  ['ok', undefined, undefined, undefined],
  ['true', undefined, true, true],
  ['F', undefined, false, false],
  ['enable', undefined, undefined, true],
  ['Disable', undefined, undefined, false],
  ['maybe', undefined, undefined, undefined],
])('%j is %s, then %s, then %s', (text, first, second, third) => {
  expect(readBoolean(text, { 'boolean-words': 'yes-no' })).toBe(first);
  expect(readBoolean(text, { 'boolean-words': 'true-false' })).toBe(second);
  expect(readBoolean(text, { 'boolean-words': 'enable-disable' })).toBe(third);
});

// Linux lib/cmdline.c, get_option().
describe('an integer', () => {
  it.each([
    ['2', 2, true],
    ['0x2', 2, true],
    ['0X1f', 31, true],
    ['010', 8, true],
    ['08', 0, true],
    ['0x', 0, true],
    ['3abc', 3, true],
    ['-1', -1, true],
    ['4294967297', 1, true],
    ['abc', 0, false],
    ['-', 0, true],
  ])('is read of %j as %d, found: %s', (text, number, found) => {
    expect(readInteger(text)).toEqual({ number, found });
  });

  it('is not read of nothing', () => {
    expect([readInteger(undefined), readInteger('')]).toEqual([undefined, undefined]);
  });
});

it.each([
  ['12', 12n],
  ['0x10z', 16n],
  ['z', 0n],
  ['', 0n],
  ['18446744073709551617', 1n],
])('the number at the start of %j is %d', (text, number) => {
  expect(readLeadingNumber(text)).toBe(number);
});

// Linux lib/kstrtox.c, kstrtou64() with base 0.
it.each([
  ['0', 0n],
  ['+0', 0n],
  ['0X0', 0n],
  ['0x10', 16n],
  ['017', 15n],
  ['18', 18n],
  ['18446744073709551615', 0xffff_ffff_ffff_ffffn],
  ['18446744073709551616', undefined],
  ['0x1ffffffffffffffff', undefined],
  ['08', undefined],
  ['0x', undefined],
  ['', undefined],
  ['+', undefined],
  ['++1', undefined],
  ['-1', undefined],
  ['1 ', undefined],
])('the unsigned number %j is %s', (text, number) => {
  expect(readUnsigned(text)).toBe(number);
});

// Linux arch/arm64/kernel/pi/idreg-override.c, parse_hexdigit().
it.each([
  ['0', 0n],
  ['f', 15n],
  ['0xA', 10n],
  ['0X0', 0n],
  ['10', undefined],
  ['0x', undefined],
  ['0x10', undefined],
  ['', undefined],
  ['g', undefined],
  ['+0', undefined],
])('the hexadecimal digit %j is %s', (text, number) => {
  expect(readHexDigit(text)).toBe(number);
});
