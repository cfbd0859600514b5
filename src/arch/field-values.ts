import { fieldHead } from './field-bits.ts';

const NONE: Readonly<Record<string, string>> = {};

const known = new Map<string, Readonly<Record<string, string>>>();

/** The short names of a field's values, by unsigned value; a value that has a meaning and no name has an empty one. */
export function valueNames(path: string): Readonly<Record<string, string>> {
  const text = fieldHead(path)?.[3];
  if (text === undefined) return NONE;
  const found = known.get(path) ?? Object.fromEntries(text.split(',').flatMap((name, value) => (name === '-' ? [] : [[value, name]])));
  known.set(path, found);
  return found;
}

/** A value of a field as its table has it: where the field's sign makes it negative, the unsigned value of the same bits. */
export function unsignedValue(path: string, value: number): number {
  const head = fieldHead(path);
  return value >= 0 || head === undefined ? value : value + 2 ** (head[0] - head[1] + 1);
}

/** The short name of a field's value, such as `LRCPC2`; `undefined` if it has none. */
export function valueName(path: string, value: number): string | undefined {
  return valueNames(path)[String(unsignedValue(path, value))] || undefined;
}
