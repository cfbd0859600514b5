import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import equivalents from './equivalents.json' with { type: 'json' };
import { type Mutant, mutantsOf, mutated, switchable } from './mutants.ts';

const all = (text: string): readonly string[] => mutantsOf('x.ts', text).map((mutant) => mutated(text, mutant));

describe('the mutants of', () => {
  it.each([
    ['a && b;', ['a || b;']],
    ['a === b;', ['a !== b;']],
    ['x.some(f);', [';', 'x.every(f);']],
    ['const a = !b;', ['const a = (b);']],
    ['const a = 0n;', ['const a = 1n;']],
    ['const a = 4;', ['const a = (4 + 1);']],
    ['const a = b ? c : d;', ['const a = (b) ? (d) : (c);']],
    ['type A = 1 | 2; interface B { c: true }', []],
    ["import { a } from 'b';", []],
    ['const a = { 4: b };', []],
  ])('%j', (text, mutants) => {
    expect(all(text)).toEqual(mutants);
  });

  it('are none of how far from zero a comparison for sorting is', () => {
    const numbers = (text: string): readonly string[] =>
      mutantsOf('x.ts', text).flatMap(({ was, becomes }) => (/^\d+$/.test(was) ? [becomes] : []));
    expect(numbers('x.sort((a, b) => (a.x ? -1 : 1));')).toEqual([]);
    expect(numbers('x.toSorted((a, b) => (a.x ? -1 : b.x ? 1 : 0));')).toEqual(['1']);
    expect(numbers('x.map((a) => (a.x ? -1 : 1));')).toEqual(['(1 + 1)', '(1 + 1)']);
    expect(numbers('x.sort((a, b) => (a.x ? 2 : 1) - b);')).toEqual(['(2 + 1)', '(1 + 1)']);
  });

  it.each([
    ['const m = new Map(); let v = m.get(k); if (v === undefined) { v = f(k); m.set(k, v); }', false],
    ['let v = m.get(k); if (!v) { v = f(k); m.set(k, v); } const w = 2;\nconst m = new WeakMap<A, B>();', false],
    ['const m = new Map(); m.set(k, v);', true],
    ['const m = new Map(); if (w === undefined) { m.set(k, v); }', true],
    ['const m = new Map(); if (v === undefined) { } else { m.set(k, v); }', true],
    ['const m = new Map([[a, b]]); if (v === undefined) { m.set(k, v); }', true],
    ['function f(m) { if (v === undefined) { v = g(); m.set(k, v); } }', true],
  ])('are none of a value that is only kept for the next time: %s', (text, isOne) => {
    expect(mutantsOf('x.ts', text).some(({ was }) => was === 'm.set(k, v);')).toBe(isOne);
  });

  it('are called by what their line says, and by how many say the same before', () => {
    const names = (text: string): readonly string[] => mutantsOf('x.ts', text).map(({ name }) => name);
    expect(names('a;\n  b && c;')).toEqual(['b && c; @3 && → ||']);
    expect(names('\n\nb && c;\n b && c;')).toEqual(['b && c; @3 && → ||', 'b && c; @3 && → || #2']);
  });

  it('that change no answer are there', () => {
    const found = new Map<string, Set<string>>();
    for (const entry of Object.keys(equivalents)) {
      const [, file, name] = /^(\S+): (.*)$/.exec(entry)!;
      const text = (): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
      if (!found.has(file!)) found.set(file!, new Set(mutantsOf(file!, text()).map((mutant) => mutant.name)));
      expect([...found.get(file!)!], entry).toContain(name);
    }
  });

  it('stand at the place that is told', () => {
    expect(mutantsOf('x.ts', 'a;\n  b && c;')).toMatchObject([{ line: 2, column: 5, was: '&&', becomes: '||' }]);
  });
});

describe('many mutants in one text', () => {
  const list = [1, 2, 3];
  const none = undefined as readonly number[] | undefined;
  const valueIn = (body: string, awake?: number): unknown =>
    new Function('list', 'none', 'mutantIs', body)([...list], none, (number: number) => number === awake);
  const numbered = (text: string): readonly (readonly [number, Mutant])[] =>
    mutantsOf('x.ts', text).map((mutant, number) => [number, mutant]);

  const TEXTS = [
    'return 6 & 3 | 8 & 12 & 4;',
    'return 7 - 2 - 3 + 1 << 2;',
    'return list.length > 2 && list[0] === 1 || list[1] < 2;',
    'return none?.slice(1).some((one) => one > 2).toString().length ?? 5n;',
    'return list.some((one) => one > 2) ? (list.every((one) => one < 3) ? 1 : 2) : !list.includes(4);',
    'const set = new Set(list); set.add(4); if (set.has(4)) set.add(5); return [...set];',
    'let sum = 0; for (let i = 0; i < 3; i++) sum += list[i] * 2 + 1; return Math.max(sum, 4);',
  ];

  it.each(TEXTS)('sleep in %j', (text) => {
    expect(valueIn(switchable(text, numbered(text)))).toEqual(valueIn(text));
  });

  it.each(TEXTS)('give, one awake, what %j gives with that one in it', (text) => {
    for (const [number, mutant] of numbered(text)) {
      expect(valueIn(switchable(text, numbered(text)), number), mutant.was).toEqual(valueIn(mutated(text, mutant)));
    }
  });
});
