import { ALL_REGISTERS } from '../../../src/arch/register.ts';

/** The path of a field by its register and bits: `ID_AA64ISAR0_EL1[7:4]` → `ID_AA64ISAR0_EL1.AES`. */
export const FIELD_PATHS_BY_BITS: ReadonlyMap<string, string> = new Map(
  ALL_REGISTERS.flatMap(({ name, fields }) =>
    fields.map((field) => [`${name}[${field.msb}:${field.lsb}]`, `${name}.${field.name}`] as const),
  ),
);
