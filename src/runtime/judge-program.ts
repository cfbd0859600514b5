import { judge } from '../logic/judge.ts';
import type { Truth } from '../logic/truth.ts';
import type { Process } from '../process/process.ts';
import { judgeLeaf } from './process-leaf.ts';
import type { AnswerRow, NameRow, ProgramRow } from './runtime-rows.ts';

/** Stands for what an option became where too many texts are possible: it is as it was written. */
export const UNRESOLVED = 'native';

/** One thing that a program concludes. */
export interface Answer {
  /** Such as `internal/cpu` or `memcpy`; absent where the program has but one. */
  readonly name?: string;
  /**
   * What the names are: all that hold, the one that was chosen, the bits of a word, whether the one holds, a fixed list, or what an
   * option became (none: it was dropped).
   */
  readonly kind: 'names' | 'first' | 'bits' | 'flag' | 'list' | 'option';
  /** What is certain. */
  readonly names: readonly string[];
  /**
   * What else may hold; for `first`, `list` and `option`: those of which one is it, or `native` alone where too many are possible.
   * Empty if all is known.
   */
  readonly open: readonly string[];
  /** Of `bits`: the word, of what is certain. */
  readonly word?: bigint;
  /** Of `option`: which option it became. */
  readonly option?: 'arch' | 'cpu' | 'tune';
}

/** Whether a row or an answer holds in a version. */
export function holdsIn({ in: versions }: { readonly in?: readonly string[] }, version: string): boolean {
  return versions === undefined || versions.includes(version);
}

/** Judges a name of an answer; the same name may have several rows in a version. */
function judgeName(process: Process, rows: readonly NameRow[], name: string): Truth {
  const row = rows.find((candidate) => candidate.name === name);
  return row === undefined ? false : judgeRow(process, rows, row);
}

function judgeRow(process: Process, rows: readonly NameRow[], { when }: NameRow): Truth {
  if (when === undefined) return true;
  return judge(when, (leaf) => judgeLeaf(process, leaf, (name) => judgeName(process, rows, name)));
}

/** The first row that holds; as long as one above it may, it is open which. */
function firstOf(rows: readonly NameRow[], judged: readonly Truth[]): Pick<Answer, 'names' | 'open'> {
  const end = judged.indexOf(true);
  const possible = rows.slice(0, end < 0 ? rows.length : end + 1).filter((_, i) => judged[i] !== false);
  const names = [...new Set(possible.map(({ name }) => name))];
  return names.length === 1 && end >= 0 ? { names, open: [] } : { names: [], open: names };
}

function judgeAnswer(process: Process, { name, kind, rows: all }: AnswerRow, version: string): Answer {
  const rows = all.filter((row) => holdsIn(row, version));
  const judged = rows.map((row) => judgeRow(process, rows, row));
  const head = name === undefined ? { kind } : { name, kind };
  if (kind === 'first') return { ...head, ...firstOf(rows, judged) };
  const names = rows.filter((_, i) => judged[i] === true).map((row) => row.name);
  const open = rows.filter((_, i) => judged[i] === undefined).map((row) => row.name);
  if (kind !== 'bits') return { ...head, names, open };
  const word = rows.reduce((sum, { bit = 0 }, i) => (judged[i] === true ? sum | (1n << BigInt(bit)) : sum), 0n);
  return { ...head, names, open, word };
}

/** What a version of a program concludes by its rules. */
export function judgeProgram(process: Process, { answers }: ProgramRow, version: string): readonly Answer[] {
  return answers.filter((answer) => holdsIn(answer, version)).map((answer) => judgeAnswer(process, answer, version));
}
