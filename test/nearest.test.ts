import { describe, expect, it } from 'vitest';
import { allHwcaps } from '../src/linux/release/hwcap-catalogue.ts';
import { nearestName, nearestNames } from '../src/nearest.ts';

const HWCAPS = allHwcaps().map(({ name }) => name);

/** Every letter of a look-alike pair read as the other. */
const misread = (name: string): string => name.replace(/[il10o]/g, (letter) => ({ i: 'l', l: 'I', 1: 'l', 0: 'O', o: '0' })[letter]!);

describe('a misspelt name', () => {
  it.each(HWCAPS)('%s is the nearest to itself with letters that look alike taken for each other', (name) => {
    expect(nearestName(misread(name), HWCAPS)).toBe(name);
  });

  it('may be near to several, the closest first', () => {
    expect(nearestNames('Ircpc', HWCAPS, 2)).toEqual(['lrcpc', 'ilrcpc']);
    expect(nearestNames('Ircpc', HWCAPS, 1)).toEqual(['lrcpc']);
  });

  it('a letter that looks alike is nearer than any other', () => {
    expect(nearestName('sve1', ['sve2', 'svel'])).toBe('svel');
  });

  it('a part stands for the only name that has it, where none is near', () => {
    expect(nearestNames('altra', ['ampere-altra', 'kunpeng-920'], 4)).toEqual(['ampere-altra']);
    expect(nearestNames('cortex', ['cortex-a76-of-its-own', 'cortex-a55-of-its-own'], 4)).toEqual([]);
    expect(nearestNames('nonsense', HWCAPS, 4)).toEqual([]);
  });
});
