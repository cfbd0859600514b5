import { findField } from '../arch/register.ts';
import type { Condition, FieldCondition } from '../linux/release/rows.ts';

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

function formatParts(parts: readonly Condition[], word: string, nested: boolean): string {
  const text = parts.map((part) => formatCondition(part, true)).join(` ${word} `);
  return nested && parts.length > 1 ? `(${text})` : text;
}

/** Writes a condition as a line: `ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)`. */
export function formatCondition(condition: Condition, nested: boolean = false): string {
  if ('field' in condition) return formatComparison(condition);
  if ('midr' in condition) return `core is ${condition.midr.join(' or ')}`;
  if ('all' in condition) return formatParts(condition.all, 'and', nested);
  if ('any' in condition) return formatParts(condition.any, 'or', nested);
  if ('not' in condition) return `not ${formatCondition(condition.not, true)}`;
  if ('config' in condition) return condition.config;
  if ('cpucap' in condition) return `cpucap ${condition.cpucap}`;
  return condition.of === undefined ? condition.rule : `${condition.rule} (${formatCondition(condition.of)})`;
}
