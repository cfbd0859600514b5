import type { Gate } from '../../../src/linux/release/rows.ts';
import { type Asked, conditionOf, notAsked, sameGate } from './gates.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A macro; without parameters it stands for its body alone. */
export interface Macro {
  readonly parameters?: readonly string[];
  readonly body: readonly Token[];
  readonly gates: readonly Gate[];
}

/** The macros that were defined; of several definitions under different options the first, unless a later one is under none. */
export type Macros = Map<string, Macro>;

/** Names that the kernel's build defines, or does not. */
const GIVEN: Readonly<Record<string, boolean>> = {
  __KERNEL__: true,
  __ASSEMBLY__: false,
  __ASSEMBLER__: false,
  __GENKSYMS__: false,
  __LP64__: true,
  MODULE: false,
};

/** One `#if` that is open: what its branch asks, and what no branch before it did. */
interface Open {
  readonly now: Asked;
  readonly before: Asked;
}

function askedOf(macros: Macros): (name: string, how: 'defined' | 'value') => Asked {
  return (name, how) => {
    if (/^CONFIG_\w+$/.test(name)) return { config: name };
    const given = GIVEN[name];
    if (given !== undefined) return given;
    if (how === 'defined') return macros.has(name);
    return false;
  };
}

function define(text: string, line: number, gates: readonly Gate[], macros: Macros): void {
  const match = /^define\s+([A-Za-z_]\w*)(\(([^)]*)\))?/.exec(text);
  if (!match) return;
  const name = match[1]!;
  const known = macros.get(name);
  if (known && (gates.length > 0 || known.gates.length === 0) && known.body.length > 0) return;
  const body = tokensOf(text.slice(match[0].length).replace(/^\s*#/, ' #')).map((token) => ({ ...token, line }));
  const parameters =
    match[2] === undefined
      ? undefined
      : match[3]!
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== '');
  macros.set(name, { body: fixed(body), gates, ...(parameters ? { parameters } : {}) });
}

/** `#` at the start of a body is the operator, not a directive. */
function fixed(body: readonly Token[]): readonly Token[] {
  return body.flatMap((token) =>
    token.kind === 'directive' ? [{ ...token, kind: 'punct' as const, text: '#' }, ...tokensOf(token.text)] : [token],
  );
}

/** Reads a file: its macros are added to those given, its other tokens come back with what `#if` asks around them. */
export function preprocess(text: string, macros: Macros): readonly Token[] {
  const open: Open[] = [];
  const out: Token[] = [];
  const asked = askedOf(macros);
  let gates: readonly Gate[] = [];
  let dead = false;
  const settle = (): void => {
    gates = open.flatMap(({ now }) => (typeof now === 'boolean' ? [] : [now]));
    dead = open.some(({ now }) => now === false);
  };
  const enter = (condition: Asked): void => {
    open.push({ now: condition, before: notAsked(condition) });
  };
  for (const token of tokensOf(text)) {
    if (token.kind !== 'directive') {
      if (!dead) out.push(gates.length > 0 ? { ...token, gates } : token);
      continue;
    }
    const [, word = '', rest = ''] = /^(\w+)\s*([\s\S]*)$/.exec(token.text) ?? [];
    if (word === 'ifdef') enter(asked(rest.split(/\s/)[0]!, 'defined'));
    else if (word === 'ifndef') enter(notAsked(asked(rest.split(/\s/)[0]!, 'defined')));
    else if (word === 'if') enter(conditionOf(tokensOf(` ${rest}`), asked));
    else if ((word === 'else' || word === 'elif') && open.length > 0) {
      const { before } = open.pop()!;
      const own = word === 'else' ? true : conditionOf(tokensOf(` ${rest}`), asked);
      const now = joinedAsked(before, own);
      open.push({ now, before: joinedAsked(before, notAsked(own)) });
    } else if (word === 'endif') open.pop();
    else if (word === 'define' && !dead) define(token.text, token.line, gates, macros);
    else if (word === 'undef' && !dead && gates.length === 0) macros.delete(rest.trim());
    settle();
  }
  return out;
}

function joinedAsked(a: Asked, b: Asked): Asked {
  if (typeof a === 'boolean') return a ? b : false;
  if (typeof b === 'boolean') return b ? a : false;
  return { all: [a, b] };
}

/** Whether a macro without parameters stands for a piece of a table, not for a value. */
function isPiece({ body }: Macro): boolean {
  return body.some(({ kind, text }, i) => kind === 'punct' && (text === '{' || (text === '.' && i === 0)));
}

/** Macros that stay as they are written: what they say is read off their name. */
const KEPT = new Set(['IS_ENABLED', 'NULL']);

/**
 * Replaces macros: all with parameters, and those without that stand for a piece of a table.
 *
 * @param broken - Told of a call that does not end before the `#if` around it does; its line is left out.
 */
export function expand(
  tokens: readonly Token[],
  macros: Macros,
  within: ReadonlySet<string> = new Set(),
  broken: (line: number) => void = () => {},
): readonly Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const macro = token.kind === 'name' && !within.has(token.text) && !KEPT.has(token.text) ? macros.get(token.text) : undefined;
    const isCall = tokens[i + 1]?.text === '(';
    if (!macro || (macro.parameters ? !isCall : !isPiece(macro))) {
      out.push(token);
      continue;
    }
    const inside = new Set(within).add(token.text);
    const place = (each: Token): Token => ({ ...each, line: token.line, ...(token.gates ? { gates: token.gates } : {}) });
    if (!macro.parameters) {
      out.push(...expand(macro.body.map(place), macros, inside));
      continue;
    }
    const { values, end } = argumentsAt(tokens, i + 2);
    if (!isWhole(tokens, i, end)) {
      broken(token.line);
      while (tokens[i + 1]?.line === token.line) i++;
      continue;
    }
    out.push(...expand(substituted(macro, values, macros, within, place), macros, inside));
    i = end;
  }
  return out;
}

/** Whether a call ends within the `#if` that it begins in. */
function isWhole(tokens: readonly Token[], from: number, end: number): boolean {
  const gates = tokens[from]!.gates ?? [];
  const last = tokens[end]?.gates ?? [];
  return end < tokens.length && gates.every((gate) => last.some((other) => sameGate(gate, other)));
}

/** The arguments of a call, whose first token stands at `at`, and where its parenthesis closes. */
function argumentsAt(tokens: readonly Token[], at: number): { readonly values: readonly (readonly Token[])[]; readonly end: number } {
  const values: Token[][] = [[]];
  let depth = 0;
  let i = at;
  for (; i < tokens.length; i++) {
    const { text, kind } = tokens[i]!;
    if (kind === 'punct') {
      if (depth === 0 && text === ')') break;
      if (depth === 0 && text === ',') {
        values.push([]);
        continue;
      }
      if ('([{'.includes(text)) depth++;
      if (')]}'.includes(text)) depth--;
    }
    values.at(-1)!.push(tokens[i]!);
  }
  return { values, end: i };
}

function substituted(
  { parameters, body }: Macro,
  values: readonly (readonly Token[])[],
  macros: Macros,
  within: ReadonlySet<string>,
  place: (token: Token) => Token,
): readonly Token[] {
  const argumentOf = (name: string): readonly Token[] | undefined => {
    const at = parameters!.indexOf(name === '__VA_ARGS__' ? '...' : name);
    if (at < 0) return undefined;
    if (parameters![at] !== '...') return values[at] ?? [];
    return values.slice(at).flatMap((value, i) => (i === 0 ? value : [{ kind: 'punct' as const, text: ',', line: 0 }, ...value]));
  };
  const out: Token[] = [];
  for (let i = 0; i < body.length; i++) {
    const token = body[i]!;
    const next = body[i + 1];
    if (token.text === '#' && token.kind === 'punct' && next && argumentOf(next.text)) {
      out.push(
        place({
          kind: 'string',
          text: argumentOf(next.text)!
            .map(({ text }) => text)
            .join(''),
          line: 0,
        }),
      );
      i++;
      continue;
    }
    const value = token.kind === 'name' ? argumentOf(token.text) : undefined;
    const glued = next?.text === '##' || body[i - 1]?.text === '##';
    if (value) out.push(...(glued ? value : expand(value, macros, within)));
    else out.push(place(token));
  }
  return glue(out);
}

/** Joins what stands on both sides of `##`. */
function glue(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.text === '##' && token.kind === 'punct' && out.length > 0 && tokens[i + 1]) {
      const left = out.pop()!;
      const right = tokens[++i]!;
      out.push({ ...left, text: left.text + right.text });
    } else out.push(token);
  }
  return out;
}
