import { fieldHead } from '../../arch/field-bits.ts';
import { ENCODINGS } from '../../arch/generated/fields.ts';
import { SHORT_SANITISED_ROWS } from '../generated/sanitised.ts';
import type { SanitisedRegisterRow, ShortSanitisedRow } from './rows.ts';

function wholeRow({ encoding, fields, ...row }: ShortSanitisedRow): SanitisedRegisterRow {
  const encodings: Readonly<Partial<Record<string, SanitisedRegisterRow['encoding']>>> = ENCODINGS;
  return {
    ...row,
    encoding: encoding ?? encodings[row.name]!,
    fields: fields.map(({ bits, ...field }) => {
      const [msb, lsb] = bits ?? fieldHead(`${row.name}.${field.name}`)!;
      return { ...field, bits: [msb, lsb] };
    }),
  };
}

/** The registers that a kernel merges over CPUs, in the order of their encodings. */
export const SANITISED_ROWS: readonly SanitisedRegisterRow[] = SHORT_SANITISED_ROWS.map(wholeRow);
