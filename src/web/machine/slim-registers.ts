import { fieldBits, fieldNamesOf } from '../../arch/field-bits.ts';
import { valueNames } from '../../arch/field-values.ts';
import { REGISTER_HEADS } from '../../arch/generated/register-heads.ts';
import type { FieldPath, FieldValue, RegisterDescriptor, RegisterName } from '../../arch/register.ts';

function slim(name: RegisterName): RegisterDescriptor {
  const [group, longName] = REGISTER_HEADS[name];
  const fields = fieldNamesOf(name).map((field) => {
    const path = `${name}.${field}` as FieldPath;
    const { msb, lsb, sign } = fieldBits(path);
    const values = Object.entries(valueNames(path)).map(([raw, short]): readonly [string, FieldValue] => [
      raw,
      short === '' ? { meaning: '' } : { name: short, meaning: '' },
    ]);
    return { name: field, msb, lsb, sign, kind: 'enum' as const, description: '', values: Object.fromEntries(values) };
  });
  return { name, longName, group, access: 'RO', fields };
}

let all: readonly RegisterDescriptor[] | undefined;

/** All registers with where their fields lie and how their values are called, until what else is said of them is fetched. */
export function slimRegisters(): readonly RegisterDescriptor[] {
  all ??= (Object.keys(REGISTER_HEADS) as RegisterName[]).map(slim);
  return all;
}
