import type { Token } from '../c/tokens.ts';

/** The tokens of functions, as texts between spaces, to be searched. */
export class Functions {
  readonly #tokens: readonly Token[];
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The body of a function; '' if there is none. */
  body(name: string): string {
    const tokens = this.#tokens;
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i]!.text !== name || tokens[i + 1]?.text !== '(') continue;
      let at = i + 1;
      let depth = 0;
      do {
        if (tokens[at]?.text === '(') depth++;
        if (tokens[at]?.text === ')') depth--;
        at++;
      } while (at < tokens.length && depth > 0);
      if (tokens[at]?.text !== '{') continue;
      const start = at;
      do {
        if (tokens[at]?.text === '{') depth++;
        if (tokens[at]?.text === '}') depth--;
        at++;
      } while (at < tokens.length && depth > 0);
      return ` ${tokens
        .slice(start, at)
        .map(({ kind, text }) => (kind === 'string' ? `"${text}"` : text))
        .join(' ')} `;
    }
    return '';
  }

  /** The whole file. */
  get all(): string {
    return ` ${this.#tokens.map(({ kind, text }) => (kind === 'string' ? `"${text}"` : text)).join(' ')} `;
  }
}
