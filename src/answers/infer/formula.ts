import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import { judge } from '../../logic/judge.ts';
import { conjunction, disjunction, foldTree, type Joining, leavesOf, type Tree } from '../../logic/tree.ts';
import type { Truth } from '../../logic/truth.ts';

/** A set of small numbers: bit `v` is set if the value `v` is in it. Fields have up to 16 values, switches two: 0 off, 1 on. */
export type ValueSet = number;

/** A variable that must have one of some values. */
export interface Demand {
  readonly variable: string;
  readonly values: ValueSet;
}

/** What must hold of variables (fields, options, errata). The opposite of a demand is a demand, so that none is behind a `not`. */
export type Formula = Tree<Demand>;

/** Holds always. */
export const ALWAYS: Formula = { all: [] };

/** Holds never. */
export const NEVER: Formula = { any: [] };

/** Whether a variable is a field, by its path; if not, it is a switch: an option or an erratum. */
export function isField(variable: string): boolean {
  return /^[A-Z]\w*\./.test(variable);
}

/** The variable that is on where a word of the command line hides the field of a register that begins at a bit. */
export function hiddenByWord(register: string, lsb: number): string {
  return `${register} ${lsb}`;
}

const wholeSets = new Map<string, ValueSet>();

/** Every value of a variable. */
export function allValues(variable: string): ValueSet {
  let values = wholeSets.get(variable);
  if (values === undefined) {
    values = isField(variable) ? 2 ** (2 ** fieldPlace(variable).width) - 1 : 0b11;
    wholeSets.set(variable, values);
  }
  return values;
}

/** How formulas are put together: flat, without what says nothing. */
export const JOINED: Joining<object, Formula> = { all: conjunction, any: disjunction, not: formulaNegation };

function opposite({ variable, values }: Demand): Formula {
  return { variable, values: allValues(variable) & ~values };
}

/** The opposite of a formula. */
export function formulaNegation(formula: Formula): Formula {
  return foldTree(formula, opposite, { ...JOINED, all: disjunction, any: conjunction });
}

const variables = new WeakMap<Formula, readonly string[]>();

/** The variables of a formula. */
export function variablesOf(formula: Formula): readonly string[] {
  let names = variables.get(formula);
  if (names === undefined) {
    names = leavesOf<Demand>(formula).map(({ leaf }) => leaf.variable);
    variables.set(formula, names);
  }
  return names;
}

/** The values that a variable may still have; one that is absent may have any. */
export type Domains = ReadonlyMap<string, ValueSet>;

function verdictOf({ variable, values }: Demand, domains: Pick<Domains, 'get'>): Truth {
  const domain = domains.get(variable) ?? allValues(variable);
  if ((domain & values) === 0) return false;
  return (domain & ~values) === 0 ? true : undefined;
}

/** Whether a formula holds for all remaining values, for none, or (`undefined`) for some. */
export function verdict(formula: Formula, domains: Pick<Domains, 'get'>): Truth {
  // Most are single demands, and asked often.
  if ('variable' in formula) return verdictOf(formula, domains);
  return judge(formula, (demand: Demand) => verdictOf(demand, domains));
}
