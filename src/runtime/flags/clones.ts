import { ArmlensError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import type { Process } from '../../process/process.ts';
import { CLONE_ROWS, CLONE_VERSIONS, FMV } from '../generated/programs.ts';
import { judgeProgram } from '../judge-program.ts';

/** Which version of a function a library's resolver chooses. */
export interface ChosenClone {
  /** `libgcc 16`, `compiler-rt 22`. */
  readonly library: string;
  /** The version, as it was named; `undefined` if it is not known which. */
  readonly version?: string;
  /** Those of which one is it; empty if that is known. */
  readonly open: readonly string[];
}

const SPELLINGS: ReadonlyMap<string, number> = new Map(
  CLONE_ROWS.flatMap(({ name }, priority) => name.split(' ').map((spelling) => [spelling, priority] as const)),
);

/** The priorities of what a version asks for, the highest first; none for `default`. */
function priorities(version: string): readonly number[] {
  if (version === 'default') return [];
  return version
    .split('+')
    .map((name) => {
      const priority = SPELLINGS.get(name.trim());
      if (priority === undefined) {
        const hint = didYouMean(name, SPELLINGS.keys());
        throw new ArmlensError('bad-value', `target_clones: no feature ${name}${hint}`);
      }
      return priority;
    })
    .toSorted((a, b) => b - a);
}

/** Of two versions that is higher which has the highest feature that the other lacks. */
function compare(a: readonly number[], b: readonly number[]): number {
  const [onlyA = -1] = a.filter((priority) => !b.includes(priority));
  const [onlyB = -1] = b.filter((priority) => !a.includes(priority));
  return onlyB - onlyA;
}

/**
 * Which of the versions of a function is called, by each library whose names are known.
 *
 * @throws ArmlensError `bad-value` for a feature that no version may ask for.
 */
export function chooseClone(versions: readonly string[], process: Process): readonly ChosenClone[] {
  const ranked = [...new Set([...versions, 'default'])]
    .map((version) => ({ version, asks: priorities(version) }))
    .toSorted((a, b) => compare(a.asks, b.asks));
  return CLONE_VERSIONS.map((library) => {
    const { names, open } = judgeProgram(process, FMV, library)[0]!;
    const holds = (set: readonly string[], asks: readonly number[]): boolean =>
      asks.every((priority) => set.includes(CLONE_ROWS[priority]!.bit));
    const sure = ranked.findIndex(({ asks }) => holds(names, asks));
    const possible = ranked.slice(0, sure + 1).filter(({ asks }) => holds([...names, ...open], asks));
    const found = possible.map(({ version }) => version);
    return found.length === 1 ? { library, version: found[0]!, open: [] } : { library, open: found };
  });
}
