import type { Token } from './tokens.ts';

/** What is known of names in an expression. */
export interface Names {
  /** The value of a name; `undefined` if it has none. */
  readonly valueOf: (name: string) => bigint | undefined;
}

/** Functions that the compiler or a header outside of the tree's arm64 part gives. */
const FUNCTIONS: Readonly<Record<string, (...values: bigint[]) => bigint>> = {
  BIT: (bit) => 1n << bit!,
  BIT_ULL: (bit) => 1n << bit!,
  UL: (value) => value!,
  ULL: (value) => value!,
  U: (value) => value!,
  _BITUL: (bit) => 1n << bit!,
  GENMASK: (high, low) => (1n << (high! + 1n)) - (1n << low!),
  GENMASK_ULL: (high, low) => (1n << (high! + 1n)) - (1n << low!),
  const_ilog2: (value) => log2(value!),
  ilog2: (value) => log2(value!),
};

function log2(value: bigint): bigint {
  if (value <= 0n) throw new NotConstant('ilog2 of nothing');
  return BigInt(value.toString(2).length - 1);
}

/** An expression that is no constant as far as the tree tells. */
export class NotConstant extends Error {}

const BINARY: readonly Readonly<Record<string, (a: bigint, b: bigint) => bigint>>[] = [
  { '||': (a, b) => BigInt(a !== 0n || b !== 0n) },
  { '&&': (a, b) => BigInt(a !== 0n && b !== 0n) },
  { '|': (a, b) => a | b },
  { '^': (a, b) => a ^ b },
  { '&': (a, b) => a & b },
  { '==': (a, b) => BigInt(a === b), '!=': (a, b) => BigInt(a !== b) },
  { '<': (a, b) => BigInt(a < b), '>': (a, b) => BigInt(a > b), '<=': (a, b) => BigInt(a <= b), '>=': (a, b) => BigInt(a >= b) },
  { '<<': (a, b) => a << b, '>>': (a, b) => a >> b },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b },
];

/** Words that a cast may consist of. */
const TYPES = new Set(['u8', 'u16', 'u32', 'u64', 's64', 's32', 'int', 'unsigned', 'long', 'char', '__u64', '__u32', 'const', 'bool']);

/**
 * The value of a constant expression.
 *
 * @throws {NotConstant} with the name that is not known.
 */
export function evaluate(tokens: readonly Token[], names: Names): bigint {
  let at = 0;
  const peek = (): string | undefined => (tokens[at]?.kind === 'string' ? undefined : tokens[at]?.text);
  const take = (text: string): boolean => (peek() === text ? ++at > 0 : false);
  const need = (text: string): void => {
    if (!take(text)) throw new NotConstant(`expected ${text} at ${peek() ?? 'the end'}`);
  };
  const args = (): bigint[] => {
    const values: bigint[] = [];
    while (!take(')')) {
      values.push(conditional());
      if (!take(',') && peek() !== ')') throw new NotConstant('an argument that is no expression');
    }
    return values;
  };
  const primary = (): bigint => {
    const token = tokens[at++];
    if (token === undefined) throw new NotConstant('nothing');
    if (token.kind === 'number') return numberOf(token.text);
    if (token.text === '(') {
      if (TYPES.has(peek() ?? '')) {
        while (TYPES.has(peek() ?? '')) at++;
        need(')');
        return unary();
      }
      const value = conditional();
      need(')');
      return value;
    }
    if (token.kind === 'name' && peek() === '(' && FUNCTIONS[token.text]) {
      at++;
      return FUNCTIONS[token.text]!(...args());
    }
    const value = token.kind === 'name' ? named(token.text, names) : undefined;
    if (value === undefined) throw new NotConstant(token.text);
    return value;
  };
  const unary = (): bigint => {
    if (take('-')) return -unary();
    if (take('~')) return ~unary();
    if (take('!')) return BigInt(unary() === 0n);
    if (take('+')) return unary();
    return primary();
  };
  const binary = (level: number): bigint => {
    if (level === BINARY.length) return unary();
    let left = binary(level + 1);
    for (let operation = BINARY[level]![peek() ?? '']; operation; operation = BINARY[level]![peek() ?? '']) {
      at++;
      left = operation(left, binary(level + 1));
    }
    return left;
  };
  const conditional = (): bigint => {
    const test = binary(0);
    if (!take('?')) return test;
    const yes = conditional();
    need(':');
    const no = conditional();
    return test !== 0n ? yes : no;
  };
  const value = conditional();
  if (at < tokens.length) throw new NotConstant(`${tokens[at]!.text} after an expression`);
  return value;
}

function named(name: string, names: Names): bigint | undefined {
  if (name === 'true') return 1n;
  if (name === 'false' || name === 'NULL') return 0n;
  return names.valueOf(name);
}

/** A number as C writes it, with its suffixes; `0b0002`, which one tree has, is 2. */
export function numberOf(text: string): bigint {
  const plain = text.replace(/[uUlL]+$/, '');
  try {
    return /^0[0-7]+$/.test(plain) ? BigInt(`0o${plain.slice(1)}`) : BigInt(plain);
  } catch {
    const digits = /^0b(\d+)$/.exec(plain);
    if (digits) return BigInt(digits[1]!);
    throw new NotConstant(text);
  }
}
