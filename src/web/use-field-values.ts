import { useEffect, useState } from 'preact/hooks';
import { valueNames } from '../arch/field-values.ts';
import { firstSign } from './first-sign.ts';

type Registers = typeof import('../arch/register.ts');

let registers: Registers | undefined;

/** The values of a field with what they mean: their short names at first, phrases once the reader is about to choose one. */
export function useFieldValues(path: string | undefined): Readonly<Record<string, string>> {
  const [table, setTable] = useState(registers);
  useEffect(() => {
    if (table !== undefined) return;
    let wanted = true;
    void firstSign()
      .then(() => import('../arch/register.ts'))
      .then((loaded) => {
        registers = loaded;
        if (wanted) setTable(loaded);
      });
    return () => {
      wanted = false;
    };
  }, []);
  if (path === undefined) return {};
  const values = table?.findField(path)?.field.values;
  return values === undefined
    ? valueNames(path)
    : Object.fromEntries(Object.entries(values).map(([raw, { name, meaning }]) => [raw, meaning ?? name ?? '']));
}
