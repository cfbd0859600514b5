import type { BitRange, FieldSign } from '../bits/field.ts';
import { FIELD_BITS } from './generated/field-bits.ts';
import type { FieldPath, RegisterName } from './generated/names.ts';

/** Where a field is and how it compares: what code needs that does not print. `findField` gives the full descriptor. */
export interface FieldBits extends BitRange {
  readonly register: RegisterName;
  /** The field's own name, such as `AdvSIMD`. */
  readonly name: string;
  readonly sign: FieldSign;
}

/** The registers that have fields: all that is known of the ID space. */
export const ID_REGISTER_NAMES: readonly RegisterName[] = Object.keys(FIELD_BITS) as RegisterName[];

function bitsAt(path: string): readonly [register: string, name: string, bits: readonly [number, number, 0 | 1] | undefined] {
  const dot = path.indexOf('.');
  const [register, name] = [path.slice(0, dot), path.slice(dot + 1)];
  const fields = Object.hasOwn(FIELD_BITS, register) ? FIELD_BITS[register]! : {};
  return [register, name, Object.hasOwn(fields, name) ? fields[name] : undefined];
}

/** Whether a text is the path of a field, in Arm's spelling. */
export function isFieldPath(path: string): path is FieldPath {
  return bitsAt(path)[2] !== undefined;
}

/** The names of a register's fields, from the top bit down; empty if it is none with fields. */
export function fieldNamesOf(register: string): readonly string[] {
  return Object.hasOwn(FIELD_BITS, register) ? Object.keys(FIELD_BITS[register]!) : [];
}

/** Whether a path is that of a field that has a sign. */
export function isSignedField(path: string): boolean {
  return bitsAt(path)[2]?.[2] === 1;
}

/** The bits of a field; of CCSIDR_EL1's two layouts, the one without FEAT_CCIDX. */
export function fieldBits(path: FieldPath): FieldBits {
  const [register, name, bits] = bitsAt(path);
  const [msb, lsb, signed] = bits!;
  return { register: register as RegisterName, name, msb, lsb, sign: signed === 1 ? 'signed' : 'unsigned' };
}

let byLowerPath: ReadonlyMap<string, FieldPath> | undefined;

/** Every path in lower case, with the register's `_el1` and without. */
function lowerPaths(): ReadonlyMap<string, FieldPath> {
  byLowerPath ??= new Map(
    Object.entries(FIELD_BITS).flatMap(([register, fields]) =>
      Object.keys(fields).flatMap((name) => {
        const path = `${register}.${name}`;
        return [path, `${register.replace(/_EL[0-3]$/, '')}.${name}`].map((one) => [one.toLowerCase(), path as FieldPath] as const);
      }),
    ),
  );
  return byLowerPath;
}

/** The path of a field as people write it: in any case, with or without `_EL1`; `undefined` if there is none. */
export function findFieldPath(text: string): FieldPath | undefined {
  return lowerPaths().get(text.toLowerCase());
}
