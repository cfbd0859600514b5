/**
 * A kernel command line, as the kernel reads it.
 *
 * Two parsers read it, and they do not agree. The *parameters* (`early_param()` and the like) are split at white space outside double
 * quotes. Long before them the *overrides* of ID registers are looked for by a splitter of its own, which knows no quotes and cuts
 * words that are too long.
 *
 * @module
 */

/** One parameter of a command line. */
export interface Parameter {
  /** As written. `-` and `_` are the same in it; {@link normalName} writes it with `_`. */
  readonly name: string;
  /** What stands behind the first `=`; absent for a bare name. */
  readonly value?: string;
}

/** `-` and `_` stand for each other in the names of parameters. */
export function normalName(name: string): string {
  return name.replaceAll('-', '_');
}

/** The command line that the kernel copies holds one character less; what is longer is cut. */
const COMMAND_LINE_SIZE = 2048;

/** What the kernel's isspace() takes for white space, as members of a class. */
const SPACE = '\\t-\\r \\u00a0';
const IS_SPACE = new RegExp(`[${SPACE}]`);

/** Where the word ends that begins at a place: at white space outside double quotes. */
function endOfWord(text: string, start: number): number {
  let inQuotes = false;
  let end = start;
  for (; end < text.length; end++) {
    const character = text[end]!;
    if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && IS_SPACE.test(character)) break;
  }
  return end;
}

/** Takes a word apart. Quotes go if they are around the whole word or the whole value, and stay elsewhere. */
function parameterOf(word: string): Parameter {
  const quoted = word.startsWith('"');
  const inner = quoted ? word.slice(1) : word;
  const bare = quoted && inner.endsWith('"') ? inner.slice(0, -1) : inner;
  const equals = inner.indexOf('=', 1);
  if (equals === -1) return { name: bare };
  const value = bare.slice(equals + 1);
  if (!value.startsWith('"')) return { name: inner.slice(0, equals), value };
  return { name: inner.slice(0, equals), value: value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value.slice(1) };
}

/** The words before a lone `--`, as they are written: split at white space outside double quotes. */
export function splitWords(text: string): readonly string[] {
  const line = text.slice(0, COMMAND_LINE_SIZE - 1);
  const words: string[] = [];
  for (let at = 0; at < line.length; ) {
    const end = endOfWord(line, at);
    const word = line.slice(at, end);
    if (word === '--') break;
    if (end > at) words.push(word);
    at = end + 1;
  }
  return words;
}

/**
 * The parameters before a lone `--`, as `parse_args()` splits them.
 *
 * @see Linux `lib/cmdline.c`, `next_arg()`.
 */
export function splitParameters(text: string): readonly Parameter[] {
  return splitWords(text).map(parameterOf);
}

/** The longest word that the parser of overrides takes in one piece; the rest of a longer one is read as a word of its own. */
const LONGEST_WORD = 255;
const OVERRIDE_WORDS = new RegExp(`[^${SPACE}]{1,${LONGEST_WORD}}`, 'g');

/**
 * The words before a lone `--` as the parser of overrides splits them: at white space, whatever the quotes.
 *
 * @see Linux `arch/arm64/kernel/pi/idreg-override.c`, `__parse_cmdline()`.
 */
export function splitOverrideWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(OVERRIDE_WORDS)) {
    if (word === '--') break;
    words.push(word);
  }
  return words;
}
