import { readField } from '../bits/field.ts';
import { judge } from '../logic/judge.ts';
import { leavesOf, replaceLeaves } from '../logic/tree.ts';
import { allOf, type Truth } from '../logic/truth.ts';
import type { ArchFeatureRule, FieldComparison, Identification, IdentificationLeaf } from './arch-feature-descriptor.ts';
import { finderIn } from './arch-feature-head.ts';
import { ALL_ARCH_FEATURE_RULES } from './arch-feature-table.ts';
import { fieldBits } from './field-bits.ts';
import { compares } from './field-comparison.ts';
import type { ArchFeatureName, ArchLevelName, FieldPath, RegisterName } from './generated/names.ts';
import { mandatoryArchFeatures } from './level.ts';

export type { ArchFeatureRule, FieldComparison, Identification, IdentificationLeaf } from './arch-feature-descriptor.ts';
export { ALL_ARCH_FEATURE_RULES } from './arch-feature-table.ts';
export type { ArchFeatureName } from './generated/names.ts';

/** Gives a register's value, or `undefined` if it is unknown. */
export type ReadRegister = (register: RegisterName) => bigint | undefined;

/** Tells whether a field is as a comparison asks; `undefined` if that is not known. */
export type JudgeComparison = (comparison: FieldComparison) => Truth;

/** The rules of an architecture feature, by its name in any case, with or without `FEAT_`; `undefined` if there is none. */
export const findArchFeatureRule: (name: string) => ArchFeatureRule | undefined = finderIn(() => ALL_ARCH_FEATURE_RULES);

/** One evaluation: the fields, and the architecture features that were evaluated or are being evaluated. */
interface Scope {
  readonly compare: JudgeComparison;
  readonly outcomes: Map<ArchFeatureName, Truth | 'pending'>;
}

function byRegisters(read: ReadRegister): JudgeComparison {
  return (comparison) => {
    const bits = fieldBits(comparison.field);
    const value = read(bits.register);
    return value === undefined ? undefined : compares(comparison, Number(readField(value, bits, bits.sign)));
  };
}

function archFeatureOutcome(name: ArchFeatureName, scope: Scope): Truth {
  const known = scope.outcomes.get(name);
  if (known === 'pending') return undefined;
  if (known !== undefined || scope.outcomes.has(name)) return known;
  scope.outcomes.set(name, 'pending');
  const identification = findArchFeatureRule(name)?.identification;
  const outcome = identification === undefined ? undefined : evaluate(identification, scope);
  scope.outcomes.set(name, outcome);
  return outcome;
}

/**
 * A level is reached if everything mandatory is there, as far as registers tell. What is being evaluated does not count: FEAT_BBM
 * is there if its field says so, or by the level that makes it mandatory.
 */
function levelOutcome(name: ArchLevelName, scope: Scope): Truth {
  const telling = [...mandatoryArchFeatures(name)].filter(
    (archFeature) => findArchFeatureRule(archFeature)?.identification !== undefined && scope.outcomes.get(archFeature) !== 'pending',
  );
  return allOf(telling.map((archFeature) => archFeatureOutcome(archFeature, scope)));
}

function evaluateLeaf(leaf: IdentificationLeaf, scope: Scope): Truth {
  if ('field' in leaf) return scope.compare(leaf);
  if ('archFeature' in leaf) return archFeatureOutcome(leaf.archFeature, scope);
  return 'level' in leaf ? levelOutcome(leaf.level, scope) : leaf.always;
}

function evaluate(expression: Identification, scope: Scope): Truth {
  return judge(expression, (leaf: IdentificationLeaf) => evaluateLeaf(leaf, scope));
}

/**
 * An identification with the architecture features that it refers to written out. One that no field shows, or that refers back to
 * itself, stays as it is.
 */
export function writtenOut(identification: Identification, seen: ReadonlySet<ArchFeatureName> = new Set()): Identification {
  return replaceLeaves<IdentificationLeaf, IdentificationLeaf>(identification, (leaf) => {
    if (!('archFeature' in leaf) || seen.has(leaf.archFeature)) return leaf;
    const next = findArchFeatureRule(leaf.archFeature)?.identification;
    return next === undefined ? leaf : writtenOut(next, new Set([...seen, leaf.archFeature]));
  });
}

/** The comparisons that show an architecture feature, through those that it refers to. Empty if no field shows it. */
export function comparisonsOf(name: ArchFeatureName): readonly FieldComparison[] {
  const identification = findArchFeatureRule(name)?.identification;
  if (identification === undefined) return [];
  const leaves = leavesOf<IdentificationLeaf>(writtenOut(identification, new Set([name]))).map(({ leaf }) => leaf);
  return [...new Set(leaves.filter((leaf) => 'field' in leaf))];
}

/** The fields that show an architecture feature. */
export function fieldPathsOf(name: ArchFeatureName): readonly FieldPath[] {
  return [...new Set(comparisonsOf(name).map(({ field }) => field))];
}

/**
 * Whether registers show what an expression asks for. A cycle of references to architecture features tells nothing: it is left at
 * `undefined`.
 */
export function evaluateIdentification(expression: Identification, read: ReadRegister): Truth {
  return evaluate(expression, { compare: byRegisters(read), outcomes: new Map() });
}

/**
 * What registers show of every architecture feature.
 *
 * @example
 * ```js
 * evaluateArchFeatures((name) => (name === 'ID_AA64ISAR0_EL1' ? 0x20_0000n : undefined)).get('FEAT_LSE') // → true
 * ```
 */
export function evaluateArchFeatures(read: ReadRegister): ReadonlyMap<ArchFeatureName, Truth> {
  return judgeArchFeatures(byRegisters(read));
}

/** What is known of what an expression asks for, from what is known of fields. */
export function judgeIdentification(expression: Identification, compare: JudgeComparison): Truth {
  return evaluate(expression, { compare, outcomes: new Map() });
}

/** What is known of every architecture feature, from what is known of fields: of a field that is open a comparison may yet be certain. */
export function judgeArchFeatures(compare: JudgeComparison): ReadonlyMap<ArchFeatureName, Truth> {
  const scope: Scope = { compare, outcomes: new Map() };
  return new Map(ALL_ARCH_FEATURE_RULES.map(({ name }) => [name, archFeatureOutcome(name, scope)]));
}

/**
 * The architecture features that registers show to be implemented. A register that is absent is unknown, so it shows none.
 *
 * @example
 * ```js
 * implementedArchFeatures({ ID_AA64ISAR0_EL1: 0x20_0000n }).has('FEAT_LSE') // → true
 * ```
 */
export function implementedArchFeatures(registers: Readonly<Partial<Record<RegisterName, bigint>>>): ReadonlySet<ArchFeatureName> {
  const outcomes = evaluateArchFeatures((register) => registers[register]);
  return new Set([...outcomes].filter(([, outcome]) => outcome === true).map(([name]) => name));
}
