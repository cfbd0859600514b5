import { fieldBits, isFieldPath } from './field-bits.ts';
import { FIELD_VALUES } from './generated/field-values.ts';

const NONE: Readonly<Record<string, string>> = {};

/** The short names of a field's values, by unsigned value; a value that has a meaning and no name has an empty one. */
export function valueNames(path: string): Readonly<Record<string, string>> {
  const dot = path.indexOf('.');
  return FIELD_VALUES[path.slice(0, dot)]?.[path.slice(dot + 1)] ?? NONE;
}

/** A value of a field as its table has it: where the field's sign makes it negative, the unsigned value of the same bits. */
export function unsignedValue(path: string, value: number): number {
  if (value >= 0 || !isFieldPath(path)) return value;
  const { msb, lsb } = fieldBits(path);
  return value + 2 ** (msb - lsb + 1);
}

/** The short name of a field's value, such as `LRCPC2`; `undefined` if it has none. */
export function valueName(path: string, value: number): string | undefined {
  return valueNames(path)[String(unsignedValue(path, value))] || undefined;
}
