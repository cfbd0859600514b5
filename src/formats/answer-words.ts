import type { Conclusion } from '../answers/conclusions.ts';
import { type Answer, UNRESOLVED } from '../runtime/judge-program.ts';

const NATIVE = { march: '-march=native', mcpu: '-mcpu=native', mtune: '-mtune=native' } as const;

/** What an answer is about: `internal/cpu`, or `-mcpu=native` for what an option became. */
export function answerTitle({ name = '' }: Answer): string {
  return NATIVE[name as keyof typeof NATIVE] ?? name;
}

function certainText({ kind, names, word, option }: Answer): string {
  switch (kind) {
    case 'bits':
      return `0x${(word ?? 0n).toString(16)}${names.length === 0 ? '' : `: ${names.join(' ')}`}`;
    case 'flag':
      return names.length > 0 ? 'yes' : 'no';
    case 'option':
      return option === undefined ? 'the option is dropped' : `-m${option}=${names[0]}`;
    case 'names':
    case 'first':
    case 'list':
      return names.length === 0 ? 'nothing' : names.join(' ');
  }
}

/** How many names of which one is it are told in words. */
const MOST_NAMED = 8;

/** An answer as a line: what is certain, and what is open. */
export function answerText(answer: Answer): string {
  const { kind, names, open } = answer;
  if (open.length === 0) return certainText(answer);
  if (kind === 'names' || kind === 'bits') return `${certainText(answer)}; not known: ${open.join(' ')}`;
  if (kind === 'flag' || kind === 'list' || open.includes(UNRESOLVED)) return 'not known';
  if (names.length > 0) return names.join(' ');
  return open.length > MOST_NAMED ? `not known; one of ${open.length}` : `not known; one of: ${open.join(', ')}`;
}

/** One thing that a program concludes, with the versions that conclude the same. */
export interface AnswerLine {
  readonly versions: readonly string[];
  readonly title: string;
  readonly text: string;
}

/** What a program concludes, version by version; those that agree share a line. */
export function answerLinesOf(conclusions: readonly Conclusion[]): readonly AnswerLine[] {
  const lines = new Map<string, { versions: string[]; title: string; text: string }>();
  for (const { version, answers } of conclusions) {
    for (const answer of answers) {
      const title = answerTitle(answer);
      const text = answerText(answer);
      const line = lines.get(`${title} ${text}`) ?? { versions: [], title, text };
      line.versions.push(version);
      lines.set(`${title} ${text}`, line);
    }
  }
  return [...lines.values()].toSorted(
    (a, b) =>
      conclusions.findIndex(({ version }) => version === a.versions[0]) - conclusions.findIndex(({ version }) => version === b.versions[0]),
  );
}
