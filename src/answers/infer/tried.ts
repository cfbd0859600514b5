import { ArmlensError } from '../../errors.ts';
import type { Point } from '../../linux/release/points.ts';
import type { Domains, ValueSet } from './formula.ts';
import { type Beforehand, beforehandAt, type InferGiven } from './given.ts';
import type { FeaturesLine } from './line.ts';
import { type Match, matchExactly, matchLine, type Violation } from './match.ts';
import type { RuleSet } from './rule-set.ts';
import { ruleSetAt } from './rules-of-release.ts';
import type { Solution } from './solve.ts';

/** A line tried at one release. */
export interface Tried {
  readonly point: Point;
  readonly rules: RuleSet;
  readonly beforehand: Beforehand;
  /** What holds if the kernel prints the line with the usual options. */
  readonly usual?: Solution;
  /** What holds if it prints the line with any options. */
  readonly possible?: Solution;
}

/** Two sets of values that are known, put together. */
export function intersected(a: Domains, b: Domains): Domains {
  const both = new Map<string, ValueSet>(a);
  for (const [name, values] of b) both.set(name, (both.get(name) ?? values) & values);
  return both;
}

/** The key of what is known beforehand: releases with the same rules and the same key give the same answer. */
function keyOf({ possible, usual }: Beforehand): string {
  return `${[...possible].join()};${[...usual].join()}`;
}

/** Results by rules and what is known beforehand. */
class Memory<T> {
  readonly #known = new Map<RuleSet, Map<string, T>>();

  get(rules: RuleSet, key: string, make: () => T): T {
    const own = this.#known.get(rules) ?? new Map<string, T>();
    this.#known.set(rules, own);
    const known = own.get(key);
    if (known !== undefined) return known;
    const made = make();
    own.set(key, made);
    return made;
  }
}

/** What is known beforehand at a release; `undefined` if the stated configuration is not known for it. */
function beforehandOrNot(point: Point, given: InferGiven): Beforehand | undefined {
  try {
    return beforehandAt(point.release, given);
  } catch (error) {
    if (error instanceof ArmlensError && error.code === 'bad-config') return undefined;
    throw error;
  }
}

/**
 * How a line is tried at one release after the other; releases that print by the same rules are tried once. It gives `undefined` for a
 * release for which the stated configuration is not known.
 */
export function tryingOf(line: FeaturesLine, given: InferGiven): (point: Point) => Tried | undefined {
  const memory = new Memory<Pick<Tried, 'usual' | 'possible'>>();
  return (point) => {
    const beforehand = beforehandOrNot(point, given);
    if (beforehand === undefined) return undefined;
    const rules = ruleSetAt(point.release.text);
    const found = memory.get(rules, keyOf(beforehand), () => {
      const possible = matchExactly(line, rules, beforehand.possible);
      const usual = possible && matchExactly(line, rules, beforehand.usual);
      return { ...(possible ? { possible } : {}), ...(usual ? { usual } : {}) };
    });
    return { point, rules, beforehand, ...found };
  };
}

/** Tries a line at releases. Those for which the stated configuration is not known are left out. */
export function tryAt(line: FeaturesLine, points: readonly Point[], given: InferGiven): readonly Tried[] {
  const tryOne = tryingOf(line, given);
  return points.flatMap((point) => tryOne(point) ?? []);
}

/** Whether CPUs with known fields print a line at a release that was tried, with the usual options. */
export function printingOf(line: FeaturesLine, fields: Domains): (tried: Tried) => boolean {
  const memory = new Memory<{ readonly prints: boolean }>();
  return ({ usual, rules, beforehand }) =>
    usual !== undefined &&
    memory.get(rules, keyOf(beforehand), () => ({
      prints: matchExactly(line, rules, intersected(beforehand.usual, fields)) !== undefined,
    })).prints;
}

/** Whether CPUs with known fields print a line at a release that was tried without their MIDRs, with the usual options. */
export function printsWith(line: FeaturesLine, { point, rules, beforehand }: Tried, fields: Domains, given: InferGiven): boolean {
  const prints = ({ usual }: Beforehand) => matchExactly(line, rules, intersected(usual, fields)) !== undefined;
  // Without the cores' errata first: that is known already.
  if (!prints(beforehand)) return false;
  const withErrata = beforehandOrNot(point, given);
  return withErrata !== undefined && prints(withErrata);
}

/** A line at one release, with what contradicts it. */
export interface Nearest {
  readonly tried: Tried;
  readonly match: Match;
  /** What was known beforehand, registers included. */
  readonly start: Domains;
  readonly cost: number;
}

/** What one contradiction weighs; names of one subject share a cause. */
export const WEIGHTS: Weighing['weights'] = { 'not-in-table': 8, 'must-print': 8, 'cannot-print': 12, 'always-printed': 10 };

/** The same where the registers are those of a manual or a model, which a chip may well exceed. */
export const MODEL_WEIGHTS: Weighing['weights'] = { ...WEIGHTS, 'cannot-print': 6 };

/** An option that must be off, where the usual is on, weighs less than a contradiction; one that also needs tag memory, nothing. */
const OPTION_WEIGHT = 5;
const NEEDS_MORE: ReadonlySet<string> = new Set(['CONFIG_ARM64_MTE']);

/** How contradictions are weighed. */
export interface Weighing {
  readonly weights: Readonly<Record<Violation['kind'], number>>;
  readonly subjectOf: (name: string) => string;
}

function costOf({ violations, solution }: Match, { usual }: Beforehand, { weights, subjectOf }: Weighing): number {
  const causes = new Map(violations.map(({ name, kind }) => [`${kind} ${subjectOf(name)}`, weights[kind]]));
  const unusual = [...usual].filter(
    ([name, values]) => values === 0b10 && solution.domains.get(name) === 0b01 && !NEEDS_MORE.has(name),
  ).length;
  return [...causes.values()].reduce((sum, weight) => sum + weight, violations.length) + unusual * OPTION_WEIGHT;
}

/** The release at which the least contradicts a line; of equals the newest that was read. */
export function nearestOf(line: FeaturesLine, tried: readonly Tried[], fields: Domains, weighing: Weighing): Nearest | undefined {
  const memory = new Memory<Nearest>();
  let best: Nearest | undefined;
  for (const one of tried.toReversed()) {
    const { rules, beforehand } = one;
    const found = memory.get(rules, keyOf(beforehand), () => {
      const start = intersected(beforehand.possible, fields);
      const match = matchLine(line, rules, start);
      return { tried: one, match, start, cost: costOf(match, beforehand, weighing) };
    });
    const better =
      best === undefined || found.cost < best.cost || (found.cost === best.cost && one.point.certain && !best.tried.point.certain);
    if (better) best = { ...found, tried: one };
  }
  return best;
}
