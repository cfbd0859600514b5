import { fieldPlace } from '../../linux/bring-up/evaluate.ts';

/** A set of small numbers: bit `v` is set if the value `v` is in it. Fields have up to 16 values, switches two: 0 off, 1 on. */
export type ValueSet = number;

/** What must hold of variables (fields, options, errata), as a tree without negation. */
export type Formula =
  | { readonly variable: string; readonly values: ValueSet }
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] };

/** Holds always. */
export const ALWAYS: Formula = { all: [] };

/** Holds never. */
export const NEVER: Formula = { any: [] };

/** Whether a variable is a field, by its path; if not, it is a switch: an option or an erratum. */
export function isField(variable: string): boolean {
  return /^[A-Z]\w*\./.test(variable);
}

/** Every value of a variable. */
export function allValues(variable: string): ValueSet {
  return isField(variable) ? 2 ** (2 ** fieldPlace(variable).width) - 1 : 0b11;
}

/** All parts together, without those that hold anyway. */
export function allOf(parts: readonly Formula[]): Formula {
  const left = parts.flatMap((part) => ('all' in part ? part.all : [part]));
  if (left.some((part) => 'any' in part && part.any.length === 0)) return NEVER;
  return left.length === 1 ? left[0]! : { all: left };
}

/** At least one of the parts, without those that cannot hold. */
export function anyOf(parts: readonly Formula[]): Formula {
  const left = parts.flatMap((part) => ('any' in part ? part.any : [part]));
  if (left.some((part) => 'all' in part && part.all.length === 0)) return ALWAYS;
  return left.length === 1 ? left[0]! : { any: left };
}

/** The opposite of a formula. */
export function negation(formula: Formula): Formula {
  if ('variable' in formula) return { variable: formula.variable, values: allValues(formula.variable) & ~formula.values };
  return 'all' in formula ? anyOf(formula.all.map(negation)) : allOf(formula.any.map(negation));
}

/** The variables of a formula. */
export function variablesOf(formula: Formula): readonly string[] {
  if ('variable' in formula) return [formula.variable];
  return ('all' in formula ? formula.all : formula.any).flatMap(variablesOf);
}

/** The values that a variable may still have; one that is absent may have any. */
export type Domains = ReadonlyMap<string, ValueSet>;

/** Whether a formula holds for all remaining values, for none, or (`undefined`) for some. */
export function verdict(formula: Formula, domains: Domains): boolean | undefined {
  if ('variable' in formula) {
    const domain = domains.get(formula.variable) ?? allValues(formula.variable);
    if ((domain & formula.values) === 0) return false;
    return (domain & ~formula.values) === 0 ? true : undefined;
  }
  const parts = 'all' in formula ? formula.all : formula.any;
  const decisive = !('all' in formula);
  let open = false;
  for (const part of parts) {
    const found = verdict(part, domains);
    if (found === decisive) return decisive;
    if (found === undefined) open = true;
  }
  return open ? undefined : !decisive;
}
