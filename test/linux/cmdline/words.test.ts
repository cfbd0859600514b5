import { describe, expect, it } from 'vitest';
import { normalName, splitOverrideWords, splitParameters, splitWords } from '../../../src/linux/cmdline/words.ts';

// Linux lib/cmdline.c, next_arg(), and kernel/params.c, parse_args().
describe('the parameters of a command line', () => {
  it.each([
    ['', []],
    ['  a\tb\n c ', [['a'], ['b'], ['c']]],
    ['a "b c" d="e f"', [['a'], ['b c'], ['d', 'e f']]],
    ['a "b', [['a'], ['b']]],
    ['"d=e f" g', [['d', 'e f'], ['g']]],
    ['d="e f', [['d', 'e f']]],
    ['d=', [['d', '']]],
    ['d="', [['d', '']]],
    ['d=x"y z"', [['d', 'x"y z"']]],
    ['a=b=c', [['a', 'b=c']]],
    ['=a=b', [['=a', 'b']]],
    ['a -- b', [['a']]],
    ['a --=1 b', [['a'], ['--', '1'], ['b']]],
    ['a --b', [['a'], ['--b']]],
  ])('%j has the parameters %j', (text, parameters) => {
    expect(splitParameters(text).map(({ name, value }) => (value === undefined ? [name] : [name, value]))).toEqual(parameters);
  });

  it('end with the 2047th character', () => {
    expect(splitParameters(`${'x'.repeat(2039)} lpj=123456`).at(-1)).toEqual({ name: 'lpj', value: '123' });
  });

  it('keep their quotes as words', () => {
    expect(splitWords('a "b c"  d="e f" -- g')).toEqual(['a', '"b c"', 'd="e f"']);
  });
});

// Linux arch/arm64/kernel/pi/idreg-override.c, __parse_cmdline().
describe('the words that are looked at for overrides', () => {
  it.each([
    ['', []],
    ['  a\tb\u000b c ', ['a', 'b', 'c']],
    ['"arm64.nosve"', ['"arm64.nosve"']],
    ['foo="x arm64.nosve y"', ['foo="x', 'arm64.nosve', 'y"']],
    ['a -- b', ['a']],
    ['a --b', ['a', '--b']],
  ])('%j has the words %j', (text, words) => {
    expect(splitOverrideWords(text)).toEqual(words);
  });

  it('are cut after 255 characters', () => {
    expect(splitOverrideWords(`${'x'.repeat(255)}arm64.nosve b`)).toEqual(['x'.repeat(255), 'arm64.nosve', 'b']);
  });
});

it('names are written with underscores', () => {
  expect(normalName('kvm-arm.mode')).toBe('kvm_arm.mode');
});
