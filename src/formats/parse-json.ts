import type { Parsed } from '../diagnostic.ts';
import { placeOf } from './line-account.ts';

/** Punctuation, a number or a word. */
const TOKEN = /[[\]{},:]|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The end of a match that starts at an offset; the offset itself if there is none. */
function endOf(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

/** The end of a string in quotes; the offset of its first quote if it is not well formed. */
function endOfString(text: string, start: number): number {
  const stop = /["\\]|[^ -\uffff]/g;
  stop.lastIndex = start + 1;
  for (let found = stop.exec(text); found !== null; found = stop.exec(text)) {
    if (found[0] === '"') return stop.lastIndex;
    const end = found[0] === '\\' ? endOf(ESCAPE, text, found.index) : found.index;
    if (end === found.index) return start;
    stop.lastIndex = end;
  }
  return start;
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end';

/** Steps through JSON text, token by token. */
class JsonScan {
  readonly #open: string[] = [];
  #expected: Expected = 'value';

  /** Takes a token; `false` if it may not stand here. */
  take(mark: string | undefined, isText: boolean): boolean {
    const expected = this.#expected;
    if (mark === undefined) {
      if (expected === 'value' || expected === 'value or ]') this.#expected = 'comma or end';
      else if (isText && (expected === 'name' || expected === 'name or }')) this.#expected = 'colon';
      else return false;
      return true;
    }
    return this.#mark(mark, expected);
  }

  #mark(mark: string, expected: Expected): boolean {
    const inside = this.#open.at(-1);
    if (mark === ':' && expected === 'colon') this.#expected = 'value';
    else if (mark === ',' && expected === 'comma or end' && inside !== undefined) this.#expected = inside === '[' ? 'value' : 'name';
    else if ((mark === '[' || mark === '{') && (expected === 'value' || expected === 'value or ]')) {
      this.#open.push(mark);
      this.#expected = mark === '[' ? 'value or ]' : 'name or }';
    } else if (mark === ']' && inside === '[' && (expected === 'comma or end' || expected === 'value or ]')) this.#close();
    else if (mark === '}' && inside === '{' && (expected === 'comma or end' || expected === 'name or }')) this.#close();
    else return false;
    return true;
  }

  #close(): void {
    this.#open.pop();
    this.#expected = 'comma or end';
  }

  /** What should stand here, in words. */
  get expected(): string {
    if (this.#expected === 'comma or end') {
      const inside = this.#open.at(-1);
      return inside === undefined ? 'the end of the text' : `"," or "${inside === '[' ? ']' : '}'}"`;
    }
    return {
      value: 'a value',
      'value or ]': 'a value or "]"',
      name: 'a name in quotes',
      'name or }': 'a name in quotes or "}"',
      colon: '":"',
    }[this.#expected];
  }
}

/** Where JSON text breaks, and what should stand there. Takes time in proportion to the text. */
function firstFault(text: string): { readonly offset: number; readonly expected: string } {
  const scan = new JsonScan();
  let offset = endOf(SPACE, text, 0);
  while (offset < text.length) {
    const isText = text[offset] === '"';
    const end = isText ? endOfString(text, offset) : endOf(TOKEN, text, offset);
    const mark = end === offset + 1 && /[[\]{},:]/.test(text[offset]!) ? text[offset] : undefined;
    if (end === offset || !scan.take(mark, isText)) break;
    offset = endOf(SPACE, text, end);
  }
  return { offset, expected: scan.expected };
}

/** Gives the places of offsets, `line 3, column 7`. As long as they ascend it goes through the text once. */
export function placeFinder(text: string): (offset: number) => string {
  let line = 1;
  let start = 0;
  let next = text.indexOf('\n');
  return (offset) => {
    if (offset < start) {
      line = 1;
      start = 0;
      next = text.indexOf('\n');
    }
    for (; next >= 0 && next < offset; next = text.indexOf('\n', start)) {
      line += 1;
      start = next + 1;
    }
    return placeOf(line, offset - start);
  };
}

/** Reads JSON; text that is none gives `undefined` and a diagnostic that says where it breaks and what was expected. */
export function parseJson(text: string): Parsed<unknown> {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return { value: JSON.parse(plain), diagnostics: [] };
  } catch {
    const { offset, expected } = firstFault(plain);
    const got = offset >= plain.length ? 'the end' : JSON.stringify(plain.slice(offset, offset + 12));
    const message = `the text is no JSON: expected ${expected}, got ${got}`;
    return { value: undefined, diagnostics: [{ code: 'bad-json', severity: 'error', where: placeFinder(plain)(offset), message }] };
  }
}
