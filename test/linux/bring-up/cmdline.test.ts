import { describe, expect, it } from 'vitest';
import { normalName, parseCmdline, parseFlag } from '../../../src/linux/bring-up/cmdline.ts';

describe('a command line', () => {
  it.each([
    ['', []],
    ['  a\tb\n c ', ['a', 'b', 'c']],
    ['a "b c" d="e f"', ['a', 'b c', 'd=e f']],
    ['a "b', ['a', 'b']],
    ['a -- b', ['a']],
    ['a --b', ['a', '--b']],
  ])('%j has the words %j', (text, words) => {
    expect(parseCmdline(text).words).toEqual(words);
  });

  it('gives the last value of a name, in which - and _ are the same', () => {
    const { value, has } = parseCmdline('max-cpus=2 quiet max_cpus=3 a=b=c');
    expect(value('max_cpus')).toBe('3');
    expect(value('max-cpus')).toBe('3');
    expect(value('a')).toBe('b=c');
    expect(value('quiet')).toBe('');
    expect(value('loud')).toBeUndefined();
    expect([has('quiet'), has('loud')]).toEqual([true, false]);
  });

  it('writes names with underscores', () => {
    expect(normalName('kvm-arm.mode')).toBe('kvm_arm.mode');
  });
});

// Linux lib/kstrtox.c, kstrtobool(): the first letter decides, and the second after an o.
it.each([
  [undefined, undefined],
  ['', true],
  ['y', true],
  ['Yes', true],
  ['t', true],
  ['1', true],
  ['on', true],
  ['n', false],
  ['No', false],
  ['f', false],
  ['0', false],
  ['off', false],
  ['maybe', undefined],
])('the flag %j is %j', (text, flag) => {
  expect(parseFlag(text)).toBe(flag);
});
