import type { Gate } from '../../../src/linux/release/rows.ts';
import type { Token } from './tokens.ts';

/** What a condition of `#if` comes to: decided, or a gate of options. */
export type Asked = boolean | Gate;

/** The opposite. */
export function notAsked(asked: Asked): Asked {
  if (typeof asked === 'boolean') return !asked;
  return 'not' in asked ? asked.not : { not: asked };
}

function both(word: 'all' | 'any', a: Asked, b: Asked): Asked {
  const decides = word === 'any';
  if (typeof a === 'boolean') return a === decides ? a : b;
  if (typeof b === 'boolean') return b === decides ? b : a;
  return { [word]: [...partsOf(word, a), ...partsOf(word, b)] } as unknown as Gate;
}

function partsOf(word: 'all' | 'any', gate: Gate): readonly Gate[] {
  return word in gate ? (gate as unknown as Record<string, readonly Gate[]>)[word]! : [gate];
}

/** Everything that is asked, as one gate; `undefined` if nothing is. */
export function allOf(gates: readonly Gate[]): Gate | undefined {
  const kept = gates.filter((gate, i) => gates.findIndex((other) => JSON.stringify(other) === JSON.stringify(gate)) === i);
  if (kept.length < 2) return kept[0];
  return { all: kept.flatMap((gate) => partsOf('all', gate)) };
}

/** Whether one gate asks exactly the same as another. */
export function sameGate(a: Gate, b: Gate): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Reads a condition over options, as `#if` and Kconfig's `depends on` write it: `&&`, `||`, `!`, parentheses, `defined(X)`, `IS_ENABLED(X)`.
 *
 * @param asked - What a name comes to.
 */
export function conditionOf(tokens: readonly Token[], asked: (name: string, how: 'defined' | 'value') => Asked): Asked {
  let at = 0;
  const take = (text: string): boolean => (tokens[at]?.text === text ? ++at > 0 : false);
  const called = (how: 'defined' | 'value'): Asked => {
    const parenthesis = take('(');
    const name = tokens[at++]?.text ?? '';
    if (parenthesis) take(')');
    return asked(name, how);
  };
  const unary = (): Asked => {
    if (take('!')) return notAsked(unary());
    if (take('(')) {
      const inner = any();
      take(')');
      return inner;
    }
    if (take('defined')) return called('defined');
    if (['IS_ENABLED', 'IS_BUILTIN', 'IS_REACHABLE'].includes(tokens[at]?.text ?? '')) {
      at++;
      return called('value');
    }
    const token = tokens[at++];
    if (token === undefined) return true;
    const left: Asked = token.kind === 'number' ? Number(token.text.replace(/[uUlL]+$/, '')) !== 0 : asked(token.text, 'value');
    if (['=', '!=', '==', '<', '>', '<=', '>='].includes(tokens[at]?.text ?? '')) {
      const operator = tokens[at++]!.text;
      const value = tokens[at++]?.text;
      if (operator === '=' && value === 'y') return left;
      if (operator === '=' && value === 'n') return notAsked(left);
      return asked(`${token.text} ${operator} ${value}`, 'value');
    }
    return left;
  };
  const all = (): Asked => {
    let left = unary();
    while (take('&&')) left = both('all', left, unary());
    return left;
  };
  const any = (): Asked => {
    let left = all();
    while (take('||')) left = both('any', left, all());
    return left;
  };
  return any();
}
