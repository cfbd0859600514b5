import { valueName } from '../arch/field-values.ts';

/** Writes a field's value with its short name: `1 (IMP)`. */
export function formatValue(path: string, value: number): string {
  const name = valueName(path, value);
  return name === undefined || name === `${value}` ? `${value}` : `${value} (${name})`;
}
