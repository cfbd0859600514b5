import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { GO_LEVEL_ROWS, GO_SUFFIX_ROWS, GO_VERSION } from './generated/programs.ts';
import type { GoLevelRow } from './runtime-rows.ts';

/** What one machine has. */
export interface HadFeatures {
  readonly certain: ReadonlySet<ArchFeatureName>;
  /** What is certain and what may be there besides. */
  readonly possible: ReadonlySet<ArchFeatureName>;
}

/** The version of Go whose levels these are; what older ones take is not known. */
export const GOARM64_VERSION: string = GO_VERSION;

/** The levels that GOARM64 takes, each after those it includes. */
export const GOARM64_LEVELS: readonly string[] = GO_LEVEL_ROWS.map(({ name }) => name);

/** A level and those that it includes. */
function included(name: string): readonly GoLevelRow[] {
  const row = GO_LEVEL_ROWS.find((candidate) => candidate.name === name);
  return row === undefined ? [] : [...new Set([...(row.includes ?? []).flatMap(included), row])];
}

/** What a level asks of a machine with such architecture features: what is asked only under a condition counts if it holds. */
function required(name: string, has: ReadonlySet<ArchFeatureName>): readonly ArchFeatureName[] {
  return included(name).flatMap(({ adds = [], conditional = [] }) => [
    ...adds,
    ...conditional.filter(({ when }) => has.has(when)).map(({ archFeature }) => archFeature),
  ]);
}

/**
 * What a value of GOARM64 lets the compiler use.
 *
 * @returns `undefined` if the value is none.
 */
export function goArm64Features(value: string, has: ReadonlySet<ArchFeatureName>): ReadonlySet<ArchFeatureName> | undefined {
  const [level = '', ...suffixes] = value.split(',');
  const rows = suffixes.map((name) => GO_SUFFIX_ROWS.find((row) => row.name === name));
  if (!GOARM64_LEVELS.includes(level) || rows.includes(undefined)) return undefined;
  return new Set([...required(level, has), ...rows.flatMap((row) => row!.archFeatures)]);
}

/**
 * The highest value of GOARM64 that a machine runs, such as `v8.2,crypto`.
 *
 * @param has - What the machine has; of several, what all of them have.
 * @param machines - What each of several has: what a level asks for under a condition only, it asks of each by itself, also where the
 * condition may hold.
 * @see Go `src/internal/buildcfg/cfg.go`, `ParseGoarm64()`.
 *
 * @example
 * ```js
 * goArm64For(new Set()) // → 'v8.0'
 * ```
 */
export function goArm64For(
  has: ReadonlySet<ArchFeatureName>,
  machines: readonly HadFeatures[] = [{ certain: has, possible: has }],
): string {
  const runs = (name: string): boolean =>
    machines.every(({ certain, possible }) => required(name, possible).every((archFeature) => certain.has(archFeature)));
  const level = GOARM64_LEVELS.findLast(runs) ?? 'v8.0';
  const levels = new Set(included(level).map(({ name }) => name));
  const suffixes = GO_SUFFIX_ROWS.filter(
    ({ archFeatures, impliedFrom }) =>
      !(impliedFrom !== undefined && levels.has(impliedFrom)) && archFeatures.every((archFeature) => has.has(archFeature)),
  );
  return [level, ...suffixes.map(({ name }) => name)].join(',');
}
