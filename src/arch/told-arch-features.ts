import { type FieldSet, MAX_SET_WIDTH } from '../bits/partial-word.ts';
import { judge } from '../logic/judge.ts';
import type { Truth } from '../logic/truth.ts';
import { findArchFeature } from './arch-feature.ts';
import { archFeatureBounds, type FieldBound } from './arch-feature-bounds.ts';
import {
  ALL_ARCH_FEATURE_RULES,
  type ArchFeatureName,
  type FieldComparison,
  type IdentificationLeaf,
  writtenOut,
} from './arch-feature-rule.ts';
import { fieldBits } from './field-bits.ts';
import { compares } from './field-comparison.ts';
import type { FieldPath } from './register.ts';

/** Every value that a field can have within bounds, with the field's sign. */
function valuesWithin(path: FieldPath, { min, max }: FieldBound): readonly number[] {
  const { msb, lsb, sign } = fieldBits(path);
  const size = 2 ** (msb - lsb + 1);
  const low = sign === 'signed' ? -size / 2 : 0;
  return Array.from({ length: size }, (_, i) => low + i).filter((value) => value >= (min ?? low) && value <= (max ?? value));
}

/** Whether all values, or none, are as a comparison asks. */
function comparesAll(comparison: FieldComparison, values: readonly number[] | undefined): Truth {
  if (values === undefined || values.length === 0) return undefined;
  const outcomes = new Set(values.map((value) => compares(comparison, value)));
  return outcomes.size === 1 ? outcomes.has(true) : undefined;
}

/** Features with all that they imply, but for what is said to be absent. */
function withRequired(present: readonly ArchFeatureName[], absent: ReadonlySet<ArchFeatureName>): readonly ArchFeatureName[] {
  const found = new Set(present);
  for (const name of found) for (const other of findArchFeature(name)?.requires ?? []) if (!absent.has(other)) found.add(other);
  return [...found];
}

/** What is said to be absent, with all that requires it, but for what is said to be present. */
function withDependants(absent: readonly ArchFeatureName[], present: ReadonlySet<ArchFeatureName>): ReadonlySet<ArchFeatureName> {
  const gone = new Set(absent);
  for (let size = -1; gone.size > size; ) {
    size = gone.size;
    for (const { name } of ALL_ARCH_FEATURE_RULES)
      if (!present.has(name) && findArchFeature(name)?.requires?.some((other) => gone.has(other))) gone.add(name);
  }
  return gone;
}

/** What follows from architecture features that are named. */
export interface ToldArchFeatures {
  /** Those that are named, and those that the same fields show. */
  readonly outcomes: ReadonlyMap<ArchFeatureName, boolean>;
  /** The values that fields of up to {@link MAX_SET_WIDTH} bits may have, by path: bit `v` is set if `v` is possible. */
  readonly fields: ReadonlyMap<FieldPath, FieldSet>;
}

/**
 * What a list of architecture features tells: of the fields that show them, and of other features that these fields show.
 *
 * @param lacksAbsent - Whether fields lack what is said to be absent; else only the name is told.
 *
 * @example
 * ```js
 * toldArchFeatures(['FEAT_LRCPC2'], []).outcomes.get('FEAT_LRCPC') // → true
 * ```
 */
export function toldArchFeatures(
  present: readonly ArchFeatureName[],
  absent: readonly ArchFeatureName[],
  lacksAbsent = false,
): ToldArchFeatures {
  const implied = withRequired(present, new Set(absent));
  const bounds = archFeatureBounds(implied, lacksAbsent ? absent : []);
  const values = new Map(
    [...bounds]
      .filter(([path]) => fieldBits(path).msb - fieldBits(path).lsb < MAX_SET_WIDTH)
      .map(([path, bound]) => [path, valuesWithin(path, bound)]),
  );
  const outcomes = new Map<ArchFeatureName, boolean>();
  for (const { name, identification } of ALL_ARCH_FEATURE_RULES) {
    if (identification === undefined) continue;
    const outcome = judge(writtenOut(identification, new Set([name])), (leaf: IdentificationLeaf) =>
      'field' in leaf ? comparesAll(leaf, values.get(leaf.field)) : 'always' in leaf ? leaf.always : undefined,
    );
    if (outcome !== undefined && values.size > 0) outcomes.set(name, outcome);
  }
  for (const name of withDependants(absent, new Set(implied))) outcomes.set(name, false);
  for (const name of implied) outcomes.set(name, true);
  const fields = [...values].map(([path, possible]) => {
    const size = 2 ** (fieldBits(path).msb - fieldBits(path).lsb + 1);
    return [path, possible.reduce((set, value) => set | (1 << ((value + size) % size)), 0)] as const;
  });
  return { outcomes, fields: new Map(fields.filter(([, set]) => set !== 0)) };
}
