import { impliedBy } from '../logic/judge.ts';
import { type ArchFeatureName, type FieldComparison, findArchFeatureRule, type IdentificationLeaf } from './arch-feature-rule.ts';
import type { FieldPath } from './register.ts';

/** What a field can be, both ends included; an end that is absent is open. Values have the field's sign. */
export interface FieldBound {
  readonly min?: number;
  readonly max?: number;
}

type Draft = Map<FieldPath, { min?: number; max?: number }>;

function narrow(bounds: Draft, field: FieldPath, { min, max }: FieldBound): void {
  const bound = bounds.get(field) ?? {};
  if (min !== undefined) bound.min = Math.max(min, bound.min ?? min);
  if (max !== undefined) bound.max = Math.min(max, bound.max ?? max);
  bounds.set(field, bound);
}

/** The values that a comparison allows, or, if it fails, those that are left. Holes in the middle are no bounds. */
function allowed(comparison: FieldComparison, holds: boolean): FieldBound {
  if ('atLeast' in comparison) return holds ? { min: comparison.atLeast } : { max: comparison.atLeast - 1 };
  if ('below' in comparison) return holds ? { max: comparison.below - 1 } : { min: comparison.below };
  if ('equals' in comparison) return holds ? { min: comparison.equals, max: comparison.equals } : {};
  return holds ? { min: Math.min(...comparison.oneOf), max: Math.max(...comparison.oneOf) } : {};
}

function collect(bounds: Draft, name: ArchFeatureName, holds: boolean, seen: ReadonlySet<ArchFeatureName> = new Set()): void {
  const { identification, needed } = (seen.has(name) ? undefined : findArchFeatureRule(name)) ?? {};
  for (const shown of [identification, holds ? needed : undefined]) {
    if (shown === undefined) continue;
    for (const { leaf, wanted } of impliedBy<IdentificationLeaf>(shown, holds) ?? []) {
      if ('field' in leaf) narrow(bounds, leaf.field, allowed(leaf, wanted));
      else if ('archFeature' in leaf) collect(bounds, leaf.archFeature, wanted, new Set([...seen, name]));
    }
  }
}

/**
 * What fields can be, from architecture features that are there and those that are not: the way back from a list of names, as macOS
 * gives one, to ID registers. Bounds hold for whoever is believed: a system that keeps a feature to itself says less than the silicon.
 *
 * @returns By field, only those that are bound. Where `min` is above `max` the names contradict each other.
 *
 * @example
 * ```js
 * archFeatureBounds(['FEAT_LRCPC2'], []).get('ID_AA64ISAR1_EL1.LRCPC').min // → 2
 * ```
 */
export function archFeatureBounds(
  present: Iterable<ArchFeatureName>,
  absent: Iterable<ArchFeatureName>,
): ReadonlyMap<FieldPath, FieldBound> {
  const bounds: Draft = new Map();
  for (const name of present) collect(bounds, name, true);
  for (const name of absent) collect(bounds, name, false);
  return new Map([...bounds].filter(([, { min, max }]) => min !== undefined || max !== undefined));
}
