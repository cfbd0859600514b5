import { valueNames } from '../arch/field-values.ts';
import type { FieldValue } from '../arch/register.ts';
import { type Later, later } from './later.ts';

/** The table of registers with all that is said of fields and values. */
export const REGISTERS: Later<typeof import('../arch/register.ts')> = later(() => import('../arch/register.ts'));

const SHOWN_MEANING = 70;

/** A value among those that can be chosen: `2 LRCPC2: Also unscaled forms`; without what it means, `2 LRCPC2`. */
export function valueChoice(raw: string, { name = '', meaning = '' }: Partial<FieldValue>): string {
  const short = meaning.length > SHOWN_MEANING ? `${meaning.slice(0, SHOWN_MEANING)}…` : meaning;
  return `${raw}${name === '' ? '' : ` ${name}`}${short === '' ? '' : `: ${short}`}`;
}

/** The values of a field as they can be chosen: by their short names at first; what they mean is added once the reader is about to choose. */
export function useFieldValues(path: string | undefined): Readonly<Record<string, string>> {
  const table = REGISTERS.use();
  if (path === undefined) return {};
  const values =
    table?.findField(path)?.field.values ?? Object.fromEntries(Object.entries(valueNames(path)).map(([raw, name]) => [raw, { name }]));
  return Object.fromEntries(Object.entries(values).map(([raw, value]) => [raw, valueChoice(raw, value)]));
}
