/** A kernel command line, as far as CPU features depend on it. */
export interface Cmdline {
  /** The words before a lone `--`. */
  readonly words: readonly string[];
  /** The value of the last `name=value`; `''` for a bare `name`; absent if it does not occur. `-` and `_` are the same in names. */
  value(name: string): string | undefined;
  /** Whether `name` occurs, with or without a value. */
  has(name: string): boolean;
}

/** `-` and `_` stand for each other in the names of parameters. */
export function normalName(name: string): string {
  return name.replaceAll('-', '_');
}

/** Splits at white space; double quotes hold words together and are taken away. */
function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const match of text.matchAll(/(?:"[^"]*"?|[^\s"])+/g)) words.push(match[0].replaceAll('"', ''));
  const end = words.indexOf('--');
  return end === -1 ? words : words.slice(0, end);
}

/** Reads a command line. */
export function parseCmdline(text: string): Cmdline {
  const words = splitWords(text);
  const values = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals === -1) values.set(normalName(word), '');
    else values.set(normalName(word.slice(0, equals)), word.slice(equals + 1));
  }
  return {
    words,
    value: (name) => values.get(normalName(name)),
    has: (name) => values.has(normalName(name)),
  };
}

/** Reads a yes-or-no value as the kernel does; a bare name is yes. */
export function parseFlag(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === '' || /^(y|t|1|on)/i.test(value)) return true;
  if (/^(n|f|0|of)/i.test(value)) return false;
  return undefined;
}
