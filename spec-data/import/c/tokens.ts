/** One token of C text. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'punct' | 'directive';
  /** As written; of a string what stands between the quotes; of a directive the logical line without `#`. */
  readonly text: string;
  readonly line: number;
  /** What `#if` asks around it, outermost first; absent = nothing. */
  readonly gates?: readonly GateText[];
}

/** A condition of `#if`, as it is written out: `CONFIG_X`, `!CONFIG_X`, `(A | B)`. */
export type GateText = import('../../../src/linux/release/rows.ts').Gate;

const PUNCTUATION = [
  '...',
  '<<=',
  '>>=',
  '##',
  '->',
  '++',
  '--',
  '<<',
  '>>',
  '<=',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
  '+=',
  '-=',
  '*=',
  '/=',
  '&=',
  '|=',
  '^=',
];
const SPACE = /[ \t\f\r]+/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER = /\d[\w.]*/y;
const STRING = /"((?:[^"\\\n]|\\.)*)"/y;
const CHARACTER = /'(?:[^'\\\n]|\\.)*'/y;

/** Takes comments out; lines stay where they are, and a line that goes on after a backslash counts as one. */
function joined(text: string): { readonly text: string; readonly lineOf: (offset: number) => number } {
  let out = '';
  let line = 1;
  const starts: number[] = [0];
  const lines: number[] = [1];
  const broke = (): void => {
    starts.push(out.length);
    lines.push(line);
  };
  for (let i = 0; i < text.length; i++) {
    const two = text.slice(i, i + 2);
    if (two === '\\\n' || text.startsWith('\\\r\n', i)) {
      i += text[i + 1] === '\r' ? 2 : 1;
      line++;
      out += ' ';
      broke();
    } else if (two === '/*') {
      const end = text.indexOf('*/', i + 2);
      const stop = end < 0 ? text.length : end + 2;
      for (let j = i; j < stop; j++) if (text[j] === '\n') line++;
      out += ' ';
      broke();
      i = stop - 1;
    } else if (two === '//') {
      while (i + 1 < text.length && text[i + 1] !== '\n') i++;
    } else if (text[i] === '"') {
      STRING.lastIndex = i;
      const found = STRING.exec(text);
      out += found ? found[0] : '"';
      if (found) i += found[0].length - 1;
    } else {
      out += text[i];
      if (text[i] === '\n') {
        line++;
        broke();
      }
    }
  }
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return lines[low]!;
  };
  return { text: out, lineOf };
}

/** Splits C text into tokens. Comments are gone; each preprocessor line is one token. What is no token is left out. */
export function tokensOf(source: string): readonly Token[] {
  const { text, lineOf } = joined(source);
  const tokens: Token[] = [];
  let atLineStart = true;
  const matched = (pattern: RegExp, i: number): RegExpExecArray | null => {
    pattern.lastIndex = i;
    return pattern.exec(text);
  };
  for (let i = 0; i < text.length; ) {
    const space = matched(SPACE, i);
    if (space) {
      i += space[0].length;
      continue;
    }
    if (text[i] === '\n') {
      atLineStart = true;
      i++;
      continue;
    }
    if (atLineStart && text[i] === '#') {
      const end = text.indexOf('\n', i);
      const stop = end < 0 ? text.length : end;
      tokens.push({ kind: 'directive', text: text.slice(i + 1, stop).trim(), line: lineOf(i) });
      i = stop;
      continue;
    }
    atLineStart = false;
    i += pushToken(tokens, text, i, lineOf(i), matched);
  }
  return tokens;
}

function pushToken(
  tokens: Token[],
  text: string,
  i: number,
  line: number,
  matched: (pattern: RegExp, i: number) => RegExpExecArray | null,
): number {
  const name = matched(NAME, i);
  if (name) return tokens.push({ kind: 'name', text: name[0], line }) && name[0].length;
  const number = matched(NUMBER, i);
  if (number) return tokens.push({ kind: 'number', text: number[0], line }) && number[0].length;
  const string = matched(STRING, i);
  if (string) return tokens.push({ kind: 'string', text: string[1]!, line }) && string[0].length;
  const character = matched(CHARACTER, i);
  if (character) return tokens.push({ kind: 'number', text: String(character[0].charCodeAt(1)), line }) && character[0].length;
  const punctuation = PUNCTUATION.find((each) => text.startsWith(each, i)) ?? text[i]!;
  tokens.push({ kind: 'punct', text: punctuation, line });
  return punctuation.length;
}
