import { useEffect, useState } from 'preact/hooks';
import { valueNames } from '../arch/field-values.ts';
import { firstSign } from './first-sign.ts';

type Registers = typeof import('../arch/register.ts');

let registers: Registers | undefined;

/** Gives the table of registers beforehand, for pages that are written as files. */
export function giveRegisters(loaded: Registers): void {
  registers = loaded;
}

/** Fetches the table of registers beforehand, for pages that show what is said of a field. */
export async function loadRegisters(): Promise<Registers> {
  registers ??= await import('../arch/register.ts');
  return registers;
}

/** The table of registers with all that is said of fields and values, once the reader is about to do something; `undefined` until then. */
export function useRegisters(): Registers | undefined {
  const [table, setTable] = useState(registers);
  useEffect(() => {
    if (table !== undefined) return;
    let wanted = true;
    void firstSign()
      .then(loadRegisters)
      .then((loaded) => {
        if (wanted) setTable(loaded);
      });
    return () => {
      wanted = false;
    };
  }, []);
  return table;
}

/** The values of a field with what they mean: their short names at first, phrases once the reader is about to choose one. */
export function useFieldValues(path: string | undefined): Readonly<Record<string, string>> {
  const table = useRegisters();
  if (path === undefined) return {};
  const values = table?.findField(path)?.field.values;
  return values === undefined
    ? valueNames(path)
    : Object.fromEntries(Object.entries(values).map(([raw, { name, meaning }]) => [raw, meaning ?? name ?? '']));
}
