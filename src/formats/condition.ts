import { findField } from '../arch/register.ts';
import type { Condition, ConditionLeaf, FieldCondition } from '../linux/release/rows.ts';
import { formatTree } from './tree-text.ts';

/** The short name of a field's value, such as `LRCPC2`; `undefined` if it has none. */
export function valueName(path: string, value: number): string | undefined {
  const found = findField(path);
  if (found === undefined) return undefined;
  const unsigned = value < 0 ? value + 2 ** (found.field.msb - found.field.lsb + 1) : value;
  return found.field.values?.[String(unsigned)]?.name;
}

function formatComparison({ field, atLeast, atMost, sign }: FieldCondition): string {
  const name = valueName(field, atLeast);
  const bounds = atMost === undefined ? `≥ ${atLeast}` : atMost === atLeast ? `= ${atLeast}` : `in ${atLeast}..${atMost}`;
  return `${field} ${bounds}${name === undefined ? '' : ` (${name})`}${sign === 'signed' ? ' signed' : ''}`;
}

function formatLeaf(leaf: ConditionLeaf): string {
  if ('field' in leaf) return formatComparison(leaf);
  if ('midr' in leaf) return `core is ${leaf.midr.join(' or ')}`;
  if ('config' in leaf) return leaf.config;
  if ('cpucap' in leaf) return `cpucap ${leaf.cpucap}`;
  return leaf.of === undefined ? leaf.rule : `${leaf.rule} (${formatCondition(leaf.of)})`;
}

/**
 * Writes a condition as a line: `ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)`.
 *
 * @example
 * ```js
 * formatCondition({ field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 }) // → 'ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)'
 * ```
 */
export function formatCondition(condition: Condition): string {
  return formatTree(condition, formatLeaf);
}
