import { type Any, foldTree, type Joining } from '../../logic/tree.ts';
import { allValues, type Demand, type Domains, type Formula, formulaNegation, type ValueSet, variablesOf, verdict } from './formula.ts';

/** What is left when formulas hold: values per variable, and where alternatives remain, each of them. */
export interface Solution {
  /** Every value that a variable has in some case; a variable that is absent may have any. */
  readonly domains: Domains;
  /**
   * Alternatives that do not depend on each other: each a list of cases, of which one holds. A case gives the variables in which it
   * is narrower than {@link Solution.domains}.
   */
  readonly alternatives: readonly (readonly Domains[])[];
}

type Choice = Any<Demand>;

/** What a formula asks for without a choice, and the choices that it leaves. */
interface Asked {
  readonly demands: readonly Demand[];
  readonly choices: readonly Choice[];
}

const WITHOUT_CHOICE: Joining<Demand, Asked> = {
  all: (parts) => ({ demands: parts.flatMap(({ demands }) => demands), choices: parts.flatMap(({ choices }) => choices) }),
  any: (_, node) => ({ demands: [], choices: [node] }),
  not: (_, { not }) => askedBy(formulaNegation(not)),
};

/** The formulas of a kernel are asked for with every line, and for every core. */
const known = new WeakMap<Formula, Asked>();

function askedBy(formula: Formula): Asked {
  let asked = known.get(formula);
  if (asked === undefined) {
    asked = foldTree(formula, (demand: Demand): Asked => ({ demands: [demand], choices: [] }), WITHOUT_CHOICE);
    known.set(formula, asked);
  }
  return asked;
}

/** Values that only ever get fewer, and the choices that are still open. */
class Narrowing {
  readonly #start: Domains;
  /** Those that got fewer. */
  readonly #narrowed: Map<string, ValueSet>;
  choices: Choice[];

  private constructor(start: Domains, narrowed: ReadonlyMap<string, ValueSet>, choices: readonly Choice[]) {
    this.#start = start;
    this.#narrowed = new Map(narrowed);
    this.choices = [...choices];
  }

  static from(start: Domains, choices: readonly Choice[] = []): Narrowing {
    return new Narrowing(start, new Map(), choices);
  }

  /** The same values, to narrow them further, with other choices. */
  with(choices: readonly Choice[]): Narrowing {
    return new Narrowing(this.#start, this.#narrowed, choices);
  }

  get(variable: string): ValueSet | undefined {
    return this.#narrowed.get(variable) ?? this.#start.get(variable);
  }

  all(): Map<string, ValueSet> {
    const domains = new Map(this.#start);
    for (const [variable, values] of this.#narrowed) domains.set(variable, values);
    return domains;
  }

  /** @returns False if nothing is left. */
  require(formula: Formula): boolean {
    if ('variable' in formula) return this.#narrow(formula);
    const { demands, choices } = askedBy(formula);
    this.choices.push(...choices);
    return demands.every((demand) => this.#narrow(demand)) && choices.every(({ any }) => any.length > 0);
  }

  #narrow({ variable, values }: Demand): boolean {
    const left = (this.get(variable) ?? allValues(variable)) & values;
    this.#narrowed.set(variable, left);
    return left !== 0;
  }

  /** Drops choices that hold anyway and takes those of which one part is left. */
  settle(): boolean {
    for (let again = true; again; ) {
      again = false;
      const before = this.choices;
      this.choices = [];
      for (const choice of before) {
        const verdicts = choice.any.map((part) => verdict(part, this));
        if (verdicts.includes(true)) continue;
        const open = choice.any.filter((_, i) => verdicts[i] === undefined);
        if (open.length === 0) return false;
        if (open.length > 1) this.choices.push({ any: open });
        else if (this.require(open[0]!)) again = true;
        else return false;
      }
    }
    return true;
  }
}

/** Choices that share variables, directly or through others. */
function groupsOf(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const groups: { variables: Set<string>; choices: Choice[] }[] = [];
  for (const choice of choices) {
    const merged = { variables: new Set(variablesOf(choice)), choices: [choice] };
    for (let i = groups.length - 1; i >= 0; i--) {
      const group = groups[i]!;
      if (![...group.variables].some((name) => merged.variables.has(name))) continue;
      for (const name of group.variables) merged.variables.add(name);
      merged.choices.unshift(...group.choices);
      groups.splice(i, 1);
    }
    groups.push(merged);
  }
  return groups.map((group) => group.choices);
}

/** No real kernel comes near; a guard against made-up tables. */
const MOST_CASES = 512;

/** Every way to settle choices, depth first. */
function casesOf(narrowing: Narrowing, cases: Narrowing[]): void {
  if (cases.length >= MOST_CASES) return;
  const [first, ...others] = narrowing.choices;
  if (first === undefined) {
    cases.push(narrowing);
    return;
  }
  for (const part of first.any) {
    const next = narrowing.with(others);
    if (next.require(part) && next.settle()) casesOf(next, cases);
  }
}

function restricted(domains: Pick<Domains, 'get'>, variables: ReadonlySet<string>): Domains {
  return new Map([...variables].map((name) => [name, domains.get(name) ?? allValues(name)]));
}

/**
 * Finds what values are left when all formulas hold.
 *
 * @param start - What is known beforehand.
 * @returns `undefined` if they cannot hold together.
 */
export function solve(formulas: readonly Formula[], start: Domains): Solution | undefined {
  const narrowing = Narrowing.from(start);
  if (!formulas.every((formula) => narrowing.require(formula)) || !narrowing.settle()) return undefined;
  const domains = narrowing.all();
  const alternatives: (readonly Domains[])[] = [];
  for (const group of groupsOf(narrowing.choices)) {
    const cases: Narrowing[] = [];
    const variables = new Set(group.flatMap(variablesOf));
    // A case narrows none but the variables of its group.
    casesOf(Narrowing.from(restricted(narrowing, variables), group), cases);
    if (cases.length === 0) return undefined;
    for (const name of variables) {
      domains.set(
        name,
        cases.reduce((union, one) => union | (one.get(name) ?? allValues(name)), 0),
      );
    }
    alternatives.push(cases.map((one) => restricted(one, variables)));
  }
  return { domains, alternatives };
}

/**
 * Takes formulas one by one and leaves out each that contradicts what was taken before.
 *
 * @returns The places of those left out, and what holds with the others.
 */
export function solveMost(formulas: readonly Formula[], start: Domains): { readonly solution: Solution; readonly left: readonly number[] } {
  let narrowing = Narrowing.from(start);
  const taken: Formula[] = [];
  const left: number[] = [];
  for (const [i, formula] of formulas.entries()) {
    const next = narrowing.with(narrowing.choices);
    const fits = next.require(formula) && next.settle();
    // Choices that are left open may still contradict each other, which only a full search shows.
    if (fits && (next.choices.length <= narrowing.choices.length || solve([...taken, formula], start) !== undefined)) {
      narrowing = next;
      taken.push(formula);
    } else left.push(i);
  }
  const solution = solve(taken, start);
  return { solution: solution ?? { domains: start, alternatives: [] }, left };
}

/** One assignment that makes everything hold: the first case of each alternative, then the least value of each variable. */
export function firstAssignment({ domains, alternatives }: Solution): ReadonlyMap<string, number> {
  const narrowed = new Map(domains);
  for (const [first] of alternatives) for (const [name, values] of first ?? []) narrowed.set(name, values);
  return new Map([...narrowed].map(([name, values]) => [name, 31 - Math.clz32(values & -values)]));
}
