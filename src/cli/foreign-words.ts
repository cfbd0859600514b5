import type { Command } from './command.ts';

const MARK = '\u0001';

/** Marks the words that begin like options and are none, so that they are read as words. */
export function markForeign({ foreign }: Pick<Command, 'foreign'>, argv: readonly string[]): string[] {
  return argv.map((word) => (foreign?.test(word) ? `${MARK}${word}` : word));
}

/** Takes the marks off again. */
export function unmarkForeign(words: readonly string[]): readonly string[] {
  return words.map((word) => (word.startsWith(MARK) ? word.slice(MARK.length) : word));
}
