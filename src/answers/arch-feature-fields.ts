import { type ArchFeatureName, findArchFeature, type Identification } from '../arch/arch-feature.ts';
import type { FieldPath } from '../arch/register.ts';

/** A comparison with a field, as part of an identification. */
export type FieldComparison = Extract<Identification, { readonly field: FieldPath }>;

function comparisons(identification: Identification | undefined, seen: Set<ArchFeatureName>): readonly FieldComparison[] {
  if (identification === undefined) return [];
  if ('field' in identification) return [identification];
  if ('all' in identification) return identification.all.flatMap((part) => comparisons(part, seen));
  if ('any' in identification) return identification.any.flatMap((part) => comparisons(part, seen));
  if ('not' in identification) return comparisons(identification.not, seen);
  if (!('archFeature' in identification) || seen.has(identification.archFeature)) return [];
  seen.add(identification.archFeature);
  return comparisons(findArchFeature(identification.archFeature)?.identification, seen);
}

/** The comparisons that show an architecture feature, through those that it refers to. Empty if no field shows it. */
export function comparisonsOf(name: ArchFeatureName): readonly FieldComparison[] {
  return comparisons(findArchFeature(name)?.identification, new Set([name]));
}

/** The fields that show an architecture feature. */
export function fieldPathsOf(name: ArchFeatureName): readonly FieldPath[] {
  return [...new Set(comparisonsOf(name).map(({ field }) => field))];
}
