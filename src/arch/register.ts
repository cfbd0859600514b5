/**
 * What Arm defines: registers, their fields, their encodings, the architecture features (FEAT_*) that a field value shows, and
 * the architecture levels that make a feature mandatory.
 *
 * A CPU describes itself in ID registers. Each is a 64-bit value of fields, mostly 4 bits wide, and each field counts upwards:
 * a value promises everything that the lower values promise. Software therefore compares with "at least". A few fields are
 * signed, so that `0b1111` can stand for "not even the basic form". Values without a meaning are reserved, not wrong: a newer
 * CPU than this table may have them.
 *
 * The way through the folder: {@link findRegister} and {@link findField} (this file) give the descriptors, `encoding.ts` leads from
 * `S3_0_C0_C4_0` or an instruction word to a name, `decode.ts` splits a value, `arch-feature.ts` evaluates which FEAT_* a set of
 * registers shows, `level.ts` knows what a level asks for. The tables come from spec-data/arch/.
 *
 * @module
 */
import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { FieldPath, RegisterName } from './generated/names.ts';
import { REGISTERS } from './generated/registers.ts';
import type { FieldDescriptor, RegisterDescriptor } from './register-descriptor.ts';
import { fieldsOf } from './split-word.ts';

export type { FieldPath, RegisterName } from './generated/names.ts';
export type { FieldDescriptor, FieldValue, FieldValueRange, RegisterDescriptor, RegisterVariant } from './register-descriptor.ts';
export { fieldsOf };

/** All registers, in the order of their encodings. */
export const ALL_REGISTERS: readonly RegisterDescriptor[] = Object.values(REGISTERS);

let byLowerName: ReadonlyMap<string, RegisterDescriptor> | undefined;

/** Both spellings of every register, in lower case: `id_pfr0_el1` and `id_pfr0`. No two registers share a short spelling. */
function lowerNames(): ReadonlyMap<string, RegisterDescriptor> {
  byLowerName ??= new Map(
    ALL_REGISTERS.flatMap((register) => {
      const lower = register.name.toLowerCase();
      return [[lower.replace(/_el[0-3]$/, ''), register] as const, [lower, register] as const];
    }),
  );
  return byLowerName;
}

/**
 * The register of a name, in any case, with or without `_EL1`; `undefined` if there is none.
 *
 * @example
 * ```js
 * findRegister('MIDR_EL1').fields[0].name // → 'Implementer'
 * ```
 */
export function findRegister(name: string): RegisterDescriptor | undefined {
  return lowerNames().get(name.toLowerCase());
}

/**
 * The register of a name that a caller wrote.
 *
 * @throws ArmlensError `unknown-register`, with the nearest name.
 */
export function registerOf(name: string): RegisterDescriptor {
  const register = findRegister(name);
  if (register === undefined) throw new ArmlensError('unknown-register', `no register ${name}${didYouMean(name, Object.keys(REGISTERS))}`);
  return register;
}

/** A register with one of its fields. */
export interface RegisterField {
  readonly register: RegisterDescriptor;
  readonly field: FieldDescriptor;
}

let byPath: ReadonlyMap<string, RegisterField> | undefined;

/** Every field under its path in lower case; of two layouts the first counts. */
function fieldPaths(): ReadonlyMap<string, RegisterField> {
  byPath ??= new Map(
    ALL_REGISTERS.flatMap((register) =>
      fieldsOf(register).map((field) => [`${register.name}.${field.name}`.toLowerCase(), { register, field }] as const),
    ),
  );
  return byPath;
}

/**
 * The field of a path such as `ID_AA64PFR0_EL1.AdvSIMD`, in any case, with or without `_EL1`; `undefined` if there is none.
 *
 * @example
 * ```js
 * findField('ID_AA64PFR0_EL1.SVE').field.lsb // → 32
 * ```
 */
export function findField(path: FieldPath | (string & {})): RegisterField | undefined {
  const [register = '', field = '', ...rest] = path.split('.');
  const name: RegisterName | undefined = findRegister(register)?.name;
  return rest.length > 0 || name === undefined ? undefined : fieldPaths().get(`${name}.${field}`.toLowerCase());
}
