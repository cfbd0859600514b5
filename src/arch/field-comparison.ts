import type { FieldComparison } from './arch-feature-descriptor.ts';

/** Whether a value is as a comparison asks. */
export function compares(comparison: FieldComparison, value: number): boolean {
  if ('atLeast' in comparison) return value >= comparison.atLeast;
  if ('equals' in comparison) return value === comparison.equals;
  if ('below' in comparison) return value < comparison.below;
  return comparison.oneOf.includes(value);
}
