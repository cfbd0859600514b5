import type { Gate } from '../../../src/linux/release/rows.ts';
import { sameGate } from './gates.ts';
import { expand, type Macros } from './preprocess.ts';
import type { Token } from './tokens.ts';

/** One entry of an initializer. */
export interface Entry {
  /** `.name` (for `.a.b` both, by a dot), or `[index]` as its tokens; absent = by place. */
  readonly name?: string;
  readonly index?: readonly Token[];
  readonly value: Value;
  readonly line: number;
  /** What `#if` asks for this entry, beyond what it asks for the whole. */
  readonly gates: readonly Gate[];
}

/** A value: its tokens, and the list that it is or that stands in it (a compound literal). */
export interface Value {
  readonly tokens: readonly Token[];
  readonly list?: readonly Entry[];
}

/** A table or a variable of a C file, with what it is initialised to. */
export interface Declared {
  readonly name: string;
  /** The struct it consists of, or ''. */
  readonly struct: string;
  readonly array: boolean;
  readonly entries: readonly Entry[];
  readonly line: number;
  readonly gates: readonly Gate[];
}

/** The place of the bracket that closes the one at `at`. */
function closing(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i]!.kind !== 'punct') continue;
    if ('([{'.includes(tokens[i]!.text)) depth++;
    else if (')]}'.includes(tokens[i]!.text) && --depth === 0) return i;
  }
  return tokens.length;
}

/** The place of the brace that closes the one at `at`, whatever parentheses stand open. */
function closingBrace(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i]!.kind !== 'punct') continue;
    if (tokens[i]!.text === '{') depth++;
    else if (tokens[i]!.text === '}' && --depth === 0) return i;
  }
  return tokens.length;
}

/** What some tokens ask beyond what is asked around them. */
function beyond(gates: readonly Gate[] = [], around: readonly Gate[]): readonly Gate[] {
  return gates.filter((gate) => !around.some((other) => sameGate(gate, other)));
}

/** The entries between two braces; `at` is the place of the first brace. */
function entriesAt(tokens: readonly Token[], at: number, around: readonly Gate[]): readonly Entry[] {
  const end = closing(tokens, at);
  const entries: Entry[] = [];
  let i = at + 1;
  while (i < end) {
    if (tokens[i]!.text === ',' && tokens[i]!.kind === 'punct') {
      i++;
      continue;
    }
    const start = tokens[i]!;
    const gates = start.gates ?? [];
    let name = '';
    let index: readonly Token[] | undefined;
    while (i < end && start.kind === 'punct' && (tokens[i]!.text === '.' || tokens[i]!.text === '[')) {
      if (tokens[i]!.text === '.') {
        name += `${name === '' ? '' : '.'}${tokens[i + 1]?.text ?? ''}`;
        i += 2;
      } else {
        const close = closing(tokens, i);
        index = tokens.slice(i + 1, close);
        i = close + 1;
      }
    }
    if (tokens[i]?.text === '=') i++;
    const from = i;
    while (i < end && !(tokens[i]!.kind === 'punct' && tokens[i]!.text === ',') && !startsEntry(tokens, i, from, name)) {
      i = tokens[i]!.kind === 'punct' && '([{'.includes(tokens[i]!.text) ? closing(tokens, i) + 1 : i + 1;
    }
    entries.push({
      ...(name === '' ? {} : { name }),
      ...(index ? { index } : {}),
      value: valueIn(tokens.slice(from, i), [...around, ...beyond(gates, around)]),
      line: start.line,
      gates: beyond(gates, around),
    });
    if (i === from) i++;
  }
  return entries;
}

/** Whether a designator begins although no comma came: macros that end in one leave two, others none. */
function startsEntry(tokens: readonly Token[], i: number, from: number, name: string): boolean {
  return (
    name !== '' &&
    i > from &&
    tokens[i]!.text === '.' &&
    tokens[i]!.kind === 'punct' &&
    tokens[i + 1]?.kind === 'name' &&
    tokens[i + 2]?.text === '='
  );
}

function valueIn(tokens: readonly Token[], around: readonly Gate[]): Value {
  const brace = tokens.findIndex(({ kind, text }) => kind === 'punct' && text === '{');
  return brace < 0 ? { tokens } : { tokens, list: entriesAt(tokens, brace, around) };
}

/**
 * Every table and every initialised struct of a file, at any depth, with its macros replaced.
 *
 * @param broken - Told of a line that is no C.
 */
export function declaredIn(tokens: readonly Token[], macros: Macros, broken: (line: number) => void): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.text !== '{' || tokens[i]!.kind !== 'punct' || tokens[i - 1]?.text !== '=') continue;
    const head = headBefore(tokens, i - 1);
    if (!head) continue;
    const end = closingBrace(tokens, i);
    const around = tokens[i]!.gates ?? [];
    const body = expand(tokens.slice(i, end + 1), macros, new Set(), broken);
    found.set(head.name, { ...head, entries: entriesAt(body, 0, around), line: tokens[i]!.line, gates: around });
    i = end;
  }
  return found;
}

/** The name before `=`, past its attributes and dimensions, and its struct. */
function headBefore(
  tokens: readonly Token[],
  equals: number,
): { readonly name: string; readonly struct: string; readonly array: boolean } | undefined {
  let start = equals - 1;
  while (start >= 0 && !(tokens[start]!.kind === 'punct' && ';{}'.includes(tokens[start]!.text) && !closesStruct(tokens, start))) start--;
  const head = tokens.slice(start + 1, equals);
  const bracket = head.findIndex(({ text }) => text === '[');
  const struct = head.findIndex(({ text }) => text === 'struct');
  const name = bracket > 0 ? head[bracket - 1] : nameOf(head, struct);
  if (name?.kind !== 'name') return undefined;
  return { name: name.text, struct: struct < 0 ? '' : (head[struct + 1]?.text ?? ''), array: bracket > 0 };
}

/** Whether a brace closes a struct's body that a declaration follows. */
function closesStruct(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.text === '}' && tokens[at + 1]?.kind === 'name' && (tokens[at + 2]?.text === '[' || tokens[at + 2]?.text === '=');
}

function nameOf(head: readonly Token[], struct: number): Token | undefined {
  const names = head.slice(struct < 0 ? 0 : struct + 2).filter(({ kind }) => kind === 'name');
  return names.find(({ text }) => !/^(const|static|__\w+)$/.test(text));
}
