import type { FieldComparison, Identification, IdentificationLeaf } from '../arch/arch-feature-rule.ts';
import { formatTree } from './tree-text.ts';

function formatComparison(comparison: FieldComparison): string {
  const { field } = comparison;
  if ('atLeast' in comparison) return `${field} ≥ ${comparison.atLeast}`;
  if ('equals' in comparison) return `${field} = ${comparison.equals}`;
  if ('below' in comparison) return `${field} < ${comparison.below}`;
  return `${field} is ${comparison.oneOf.join(' or ')}`;
}

function formatLeaf(leaf: IdentificationLeaf): string {
  if ('field' in leaf) return formatComparison(leaf);
  if ('archFeature' in leaf) return leaf.archFeature;
  if ('level' in leaf) return leaf.level;
  return leaf.always ? 'always' : 'never';
}

/**
 * Writes how ID registers show an architecture feature: `ID_AA64ISAR1_EL1.LRCPC ≥ 2`.
 *
 * @example
 * ```js
 * formatIdentification({ field: 'ID_AA64ISAR0_EL1.Atomic', atLeast: 2 }) // → 'ID_AA64ISAR0_EL1.Atomic ≥ 2'
 * ```
 */
export function formatIdentification(identification: Identification): string {
  return formatTree(identification, formatLeaf);
}
