import { describe, expect, it } from 'vitest';
import { mutantsOf, mutated } from './mutants.ts';

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
  ])('%j', (text, mutants) => {
    expect(all(text)).toEqual(mutants);
  });

  it('stand at the place that is told', () => {
    expect(mutantsOf('x.ts', 'a;\n  b && c;')).toMatchObject([{ line: 2, column: 5, was: '&&', becomes: '||' }]);
  });
});
