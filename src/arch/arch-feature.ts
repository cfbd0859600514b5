import { readField } from '../bits/field.ts';
import type { ArchFeature, Identification } from './arch-feature-descriptor.ts';
import { fieldBits } from './field-bits.ts';
import { ARCH_FEATURES } from './generated/arch-features.ts';
import type { ArchFeatureName, ArchLevelName, FieldPath, RegisterName } from './generated/names.ts';
import { mandatoryArchFeatures } from './level.ts';

export type { ArchFeature, Identification } from './arch-feature-descriptor.ts';
export type { ArchFeatureName } from './generated/names.ts';

/** Gives a register's value, or `undefined` if it is unknown. */
export type ReadRegister = (register: RegisterName) => bigint | undefined;

/** Gives a field's value, with its sign, or `undefined` if it is unknown. */
export type ReadField = (path: FieldPath) => bigint | undefined;

/** Held, not held, or `undefined`: the registers that are known do not tell. */
export type Outcome = boolean | undefined;

/** All architecture features, by name. */
export const ALL_ARCH_FEATURES: readonly ArchFeature[] = ARCH_FEATURES;

let byLowerName: ReadonlyMap<string, ArchFeature> | undefined;

/** The architecture feature of a name, in any case, with or without `FEAT_`; `undefined` if there is none. */
export function findArchFeature(name: string): ArchFeature | undefined {
  byLowerName ??= new Map(ARCH_FEATURES.map((row) => [row.name.toLowerCase(), row]));
  const lower = name.toLowerCase();
  return byLowerName.get(lower.startsWith('feat_') ? lower : `feat_${lower}`);
}

/** One evaluation: the fields, and the architecture features that were evaluated or are being evaluated. */
interface Scope {
  readonly field: ReadField;
  readonly outcomes: Map<ArchFeatureName, Outcome | 'pending'>;
}

function fieldReader(read: ReadRegister): ReadField {
  return (path) => {
    const bits = fieldBits(path);
    const value = read(bits.register);
    return value === undefined ? undefined : readField(value, bits, bits.sign);
  };
}

function compare(path: FieldPath, { field }: Scope, holds: (value: bigint) => boolean): Outcome {
  const value = field(path);
  return value === undefined ? undefined : holds(value);
}

/** Whether all hold; not, as soon as one does not. */
export function allOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes(false)) return false;
  return outcomes.includes(undefined) ? undefined : true;
}

/** The opposite, if it is told. */
export function negate(outcome: Outcome): Outcome {
  return outcome === undefined ? undefined : !outcome;
}

function archFeatureOutcome(name: ArchFeatureName, scope: Scope): Outcome {
  const known = scope.outcomes.get(name);
  if (known === 'pending') return undefined;
  if (known !== undefined || scope.outcomes.has(name)) return known;
  scope.outcomes.set(name, 'pending');
  const identification = findArchFeature(name)?.identification;
  const outcome = identification === undefined ? undefined : evaluate(identification, scope);
  scope.outcomes.set(name, outcome);
  return outcome;
}

/**
 * A level is reached if everything mandatory is there, as far as registers tell. What is being evaluated does not count: FEAT_BBM
 * is there if its field says so, or by the level that makes it mandatory.
 */
function levelOutcome(name: ArchLevelName, scope: Scope): Outcome {
  const telling = [...mandatoryArchFeatures(name)].filter(
    (archFeature) => findArchFeature(archFeature)?.identification !== undefined && scope.outcomes.get(archFeature) !== 'pending',
  );
  return allOf(telling.map((archFeature) => archFeatureOutcome(archFeature, scope)));
}

function evaluate(expression: Identification, scope: Scope): Outcome {
  if ('field' in expression) {
    if ('atLeast' in expression) return compare(expression.field, scope, (value) => value >= BigInt(expression.atLeast));
    if ('equals' in expression) return compare(expression.field, scope, (value) => value === BigInt(expression.equals));
    if ('below' in expression) return compare(expression.field, scope, (value) => value < BigInt(expression.below));
    return compare(expression.field, scope, (value) => expression.oneOf.some((one) => value === BigInt(one)));
  }
  if ('all' in expression) return allOf(expression.all.map((part) => evaluate(part, scope)));
  if ('any' in expression) return negate(allOf(expression.any.map((part) => negate(evaluate(part, scope)))));
  if ('not' in expression) return negate(evaluate(expression.not, scope));
  if ('archFeature' in expression) return archFeatureOutcome(expression.archFeature, scope);
  if ('level' in expression) return levelOutcome(expression.level, scope);
  return expression.always;
}

/**
 * Whether registers show what an expression asks for. A cycle of references to architecture features tells nothing: it is left at
 * `undefined`.
 */
export function evaluateIdentification(expression: Identification, read: ReadRegister): Outcome {
  return evaluate(expression, { field: fieldReader(read), outcomes: new Map() });
}

/** What registers show of every architecture feature. */
export function evaluateArchFeatures(read: ReadRegister): ReadonlyMap<ArchFeatureName, Outcome> {
  return evaluateArchFeaturesByField(fieldReader(read));
}

/** What fields show of every architecture feature, where not all fields of a register are known. */
export function evaluateArchFeaturesByField(field: ReadField): ReadonlyMap<ArchFeatureName, Outcome> {
  const scope: Scope = { field, outcomes: new Map() };
  return new Map(ARCH_FEATURES.map(({ name }) => [name, archFeatureOutcome(name, scope)]));
}

/** The architecture features that registers show to be implemented. A register that is absent is unknown, so it shows none. */
export function implementedArchFeatures(registers: Readonly<Partial<Record<RegisterName, bigint>>>): ReadonlySet<ArchFeatureName> {
  const outcomes = evaluateArchFeatures((register) => registers[register]);
  return new Set([...outcomes].filter(([, outcome]) => outcome === true).map(([name]) => name));
}
