import { describe, expect, it } from 'vitest';
import { evaluate, NotConstant } from '../../../spec-data/import/c/evaluate.ts';
import { allOf, conditionOf } from '../../../spec-data/import/c/gates.ts';
import { declaredIn, type Entry } from '../../../spec-data/import/c/initializer.ts';
import { expand, type Macros, preprocess } from '../../../spec-data/import/c/preprocess.ts';
import { tokensOf } from '../../../spec-data/import/c/tokens.ts';

const texts = (source: string): readonly string[] => tokensOf(source).map(({ text }) => text);

describe('tokens', () => {
  it('leave comments out, also those over lines, and keep the number of the line', () => {
    const tokens = tokensOf('a /* one\n two */ b // three\n"x /* y" c');
    expect(tokens.map(({ text, line }) => `${text}@${line}`)).toEqual(['a@1', 'b@2', 'x /* y@3', 'c@3']);
  });

  it('take a line that goes on after a backslash as one', () => {
    expect(texts('#define A(x) \\\n  x + 1\nb')).toEqual(['define A(x)    x + 1', 'b']);
  });

  it('know operators of two and three characters', () => {
    expect(texts('a<<=b && c->d ## e')).toEqual(['a', '<<=', 'b', '&&', 'c', '->', 'd', '##', 'e']);
  });
});

describe('macros', () => {
  function expanded(source: string): string {
    const macros: Macros = new Map();
    const tokens = preprocess(source, macros);
    return expand(tokens, macros)
      .map(({ text, kind }) => (kind === 'string' ? `"${text}"` : text))
      .join(' ');
  }

  it('paste names and make strings of arguments as they are written', () => {
    expect(expanded('#define F(r, f) { .pos = r##_##f##_SHIFT, .name = #f }\nF(REG, ONE)')).toBe(
      '{ . pos = REG_ONE_SHIFT , . name = "ONE" }',
    );
  });

  it('replace what their bodies call', () => {
    expect(expanded('#define IN(a) { .x = a }\n#define OUT(a) IN(a),\nOUT(3)')).toBe('{ . x = 3 } ,');
  });

  it('stay as they are without parameters, unless they stand for a piece of a table', () => {
    expect(expanded('#define N 4\n#define END { .n = 0 }\nN END')).toBe('N { . n = 0 }');
  });

  it('leave out the line of a call that does not end within its #if', () => {
    const macros: Macros = new Map();
    const tokens = preprocess('#define G(a) { a }\n#ifdef CONFIG_X\nG(1\n#endif\nb)\nc', macros);
    const broken: number[] = [];
    expect(expand(tokens, macros, new Set(), (line) => broken.push(line)).map(({ text }) => text)).toEqual(['b', ')', 'c']);
    expect(broken).toEqual([3]);
  });
});

describe('#if', () => {
  const gatesOf = (source: string): unknown => preprocess(source, new Map()).map(({ text, gates }) => [text, allOf(gates ?? [])]);

  it('gives what stands in it the options that it asks for', () => {
    expect(gatesOf('#ifdef CONFIG_A\na\n#else\nb\n#endif\nc')).toEqual([
      ['a', { config: 'CONFIG_A' }],
      ['b', { not: { config: 'CONFIG_A' } }],
      ['c', undefined],
    ]);
  });

  it('reads conditions of several options, and decides names that are no options', () => {
    expect(
      gatesOf('#if defined(CONFIG_A) || IS_ENABLED(CONFIG_B)\na\n#endif\n#ifndef GUARD\nb\n#endif\n#ifdef __ASSEMBLY__\nc\n#endif'),
    ).toEqual([
      ['a', { any: [{ config: 'CONFIG_A' }, { config: 'CONFIG_B' }] }],
      ['b', undefined],
    ]);
  });

  it('reads !, && and parentheses as C does', () => {
    const read = conditionOf(tokensOf(' !(A && B) || C'), (name) => ({ config: name }));
    expect(read).toEqual({ any: [{ not: { all: [{ config: 'A' }, { config: 'B' }] } }, { config: 'C' }] });
  });
});

describe('constants', () => {
  const value = (text: string): bigint => evaluate(tokensOf(` ${text}`), { valueOf: (name) => (name === 'SEVEN' ? 7n : undefined) });

  it.each([
    ['1 << 4 | 3', 19n],
    ['(SEVEN & ~1) - 2 * 2', 2n],
    ['SEVEN == 7 ? GENMASK(3, 0) : 0', 15n],
    ['(u32)BIT(5)', 32n],
    ['0b0002', 2n],
    ['017', 15n],
    ['const_ilog2(0x80UL)', 7n],
    ['1 || 0 && 0', 1n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('are refused where a name is not known', () => {
    expect(() => value('UNKNOWN + 1')).toThrow(NotConstant);
  });
});

describe('initialisers', () => {
  function table(source: string, name: string): readonly Entry[] {
    const macros: Macros = new Map();
    return declaredIn(preprocess(source, macros), macros, () => {}).get(name)!.entries;
  }
  const shown = (entries: readonly Entry[] = []): unknown =>
    entries.map(({ name, value, gates }) => [
      name ?? '',
      value.list ? shown(value.list) : value.tokens.map(({ text }) => text).join(' '),
      ...gates,
    ]);

  it('give members by name, by place, and lists in lists', () => {
    expect(shown(table('static const struct s t[] = { { .a = 1, .b.c = X | Y }, { 2, &(struct u){ .d = "e" } }, {}, };', 't'))).toEqual([
      [
        '',
        [
          ['a', '1'],
          ['b.c', 'X | Y'],
        ],
      ],
      [
        '',
        [
          ['', '2'],
          ['', [['d', 'e']]],
        ],
      ],
      ['', []],
    ]);
  });

  it('keep what #if asks of an entry and of a member, without what it asks of the whole', () => {
    const source =
      '#ifdef CONFIG_T\nstruct s t[] = {\n#ifdef CONFIG_A\n{ .a = 1,\n#ifdef CONFIG_B\n.b = 2,\n#endif\n},\n#endif\n};\n#endif';
    expect(shown(table(source, 't'))).toEqual([
      [
        '',
        [
          ['a', '1'],
          ['b', '2', { config: 'CONFIG_B' }],
        ],
        { config: 'CONFIG_A' },
      ],
    ]);
  });

  it('are found behind attributes, in functions, and after a struct that is declared with them', () => {
    const source = 'void f(void) { static const struct m inner[] = { 1 }; } static const struct { int a; } outer[] __attr = { 2 };';
    expect(shown(table(source, 'inner'))).toEqual([['', '1']]);
    expect(shown(table(source, 'outer'))).toEqual([['', '2']]);
  });
});
