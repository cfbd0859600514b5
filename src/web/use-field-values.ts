import { valueNames } from '../arch/field-values.ts';
import { type Later, later } from './later.ts';

/** The table of registers with all that is said of fields and values. */
export const REGISTERS: Later<typeof import('../arch/register.ts')> = later(() => import('../arch/register.ts'));

/** The values of a field with what they mean: their short names at first, phrases once the reader is about to choose one. */
export function useFieldValues(path: string | undefined): Readonly<Record<string, string>> {
  const table = REGISTERS.use();
  if (path === undefined) return {};
  const values = table?.findField(path)?.field.values;
  return values === undefined
    ? valueNames(path)
    : Object.fromEntries(Object.entries(values).map(([raw, { name, meaning }]) => [raw, meaning ?? name ?? '']));
}
