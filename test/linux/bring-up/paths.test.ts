import { describe, expect, it } from 'vitest';
import { UNKNOWN_WORD } from '../../../src/bits/partial-word.ts';
import { CapabilitySet } from '../../../src/linux/bring-up/capability-set.ts';
import { Cell } from '../../../src/linux/bring-up/cell.ts';
import { Paths } from '../../../src/linux/bring-up/paths.ts';
import { OpenReader } from '../../../src/linux/bring-up/reader.ts';

describe('a piece that is followed', () => {
  it('runs once for each answer, and for each again behind it', () => {
    const paths = new Paths();
    const { results, complete } = paths.follow(() => [paths.choose(2), paths.choose(3)]);
    expect(complete).toBe(true);
    expect(results).toEqual([0, 1].flatMap((a) => [0, 1, 2].map((b) => [a, b])));
  });

  it('gets the same for the same name, also within a piece within the piece', () => {
    const paths = new Paths();
    const { results } = paths.follow(() => {
      const outer = paths.choose(2, 'a');
      const inner = paths.follow(() => paths.choose(2, 'a'));
      return [outer, paths.choose(2, 'a'), ...inner.results];
    });
    expect(results).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });

  it('chooses nothing where there is one answer', () => {
    const paths = new Paths();
    expect(paths.choose(1)).toBe(0);
    expect(paths.following).toBe(false);
    expect(paths.follow(() => paths.following).results).toEqual([true]);
  });

  it('is given up where there are too many ways', () => {
    const paths = new Paths();
    const { results, complete } = paths.follow(() => Array.from({ length: 12 }, () => paths.choose(2)).length);
    expect(complete).toBe(false);
    expect(results).toHaveLength(2048);
    const reader = new OpenReader();
    expect(reader.verdict(() => Array.from({ length: 12 }, () => reader.paths.choose(2)).length === 12)).toBeUndefined();
  });

  it.each(['a field', undefined])('is asked for by name where nothing is followed: %s', (name) => {
    expect(() => new Paths().choose(2, name)).toThrow(`${name ?? 'something'} is not known`);
  });

  it('leaves nothing behind when it throws', () => {
    const paths = new Paths();
    const fails = () =>
      paths.follow(() => {
        throw new Error('no');
      });
    expect(fails).toThrow('no');
    expect(paths.following).toBe(false);
  });
});

describe('a reader', () => {
  it('gives a field each of its values in turn', () => {
    const reader = new OpenReader();
    const { results } = reader.paths.follow(() => reader.field(UNKNOWN_WORD, 4, 2, 'x'));
    expect(results).toEqual([0, 1, 2, 3]);
  });

  it('says what all ways come to, and nothing where they differ', () => {
    const reader = new OpenReader();
    expect(reader.verdict(() => reader.field(UNKNOWN_WORD, 0, 2, 'x') < 4)).toBe(true);
    expect(reader.verdict(() => reader.field(UNKNOWN_WORD, 0, 2, 'x') > 3)).toBe(false);
    expect(reader.verdict(() => reader.field(UNKNOWN_WORD, 0, 2, 'x') > 1)).toBeUndefined();
  });

  it.each([
    [0b0110, 0b0110, undefined],
    [0b0010, 0b0010, true],
    [0b0010, 0b0100, false],
    [0b0001, 0b0001, false],
  ])('takes fields of the sets %i and %i for equal and not zero: %s', (a, b, verdict) => {
    const reader = new OpenReader();
    expect(reader.verdict(() => reader.equal(a, b, (value) => value !== 0))).toBe(verdict);
  });
});

it('a cell keeps what each way left in it, and gives one of them on each', () => {
  const reader = new OpenReader();
  const cell = new Cell<number>(reader, 8);
  expect(cell.get()).toBe(8);
  cell.join([[8], [16], [8]]);
  const values = cell.values;
  const { results } = reader.paths.follow(() => {
    cell.values = values;
    return [cell.get(), cell.get()];
  });
  expect(results).toEqual([
    [8, 8],
    [16, 16],
  ]);
  cell.set(4);
  expect(cell.values).toEqual([4]);
});

it('a capability is set, is not, or is one of the two on each way', () => {
  const reader = new OpenReader();
  const set = new CapabilitySet(reader);
  set.settle('SURE', true);
  set.settle('OPEN', undefined);
  expect(['SURE', 'OPEN', 'NONE'].map((name) => set.verdict(name))).toEqual([true, undefined, false]);
  expect(reader.paths.follow(() => ['SURE', 'OPEN', 'OPEN', 'NONE'].map((name) => set.has(name))).results).toEqual([
    [true, false, false, false],
    [true, true, true, false],
  ]);
  set.settle('OPEN', true);
  set.settle('SURE', false);
  expect(['SURE', 'OPEN'].map((name) => set.has(name))).toEqual([false, true]);
});
