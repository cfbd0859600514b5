import type { BitRange, FieldSign } from '../bits/field.ts';
import { FIELDS } from './generated/fields.ts';
import type { FieldPath, RegisterName } from './generated/names.ts';

/** Where a field is and how it compares: what code needs that does not print. `findField` gives the full descriptor. */
export interface FieldBits extends BitRange {
  readonly register: RegisterName;
  /** The field's own name, such as `AdvSIMD`. */
  readonly name: string;
  readonly sign: FieldSign;
}

/** msb, lsb and sign (1: signed) of a field, and the names of its values from 0 on, `-` for a reserved one; absent: no value has a meaning. */
export type FieldHead = readonly [msb: number, lsb: number, sign: 0 | 1, values?: string];

/** The registers that have fields: all that is known of the ID space. */
export const ID_REGISTER_NAMES: readonly RegisterName[] = Object.keys(FIELDS) as RegisterName[];

/** What is known of a field by its path; `undefined` if there is none. */
export function fieldHead(path: string): FieldHead | undefined {
  const dot = path.indexOf('.');
  const [register, name] = [path.slice(0, dot), path.slice(dot + 1)];
  const fields = Object.hasOwn(FIELDS, register) ? FIELDS[register]! : {};
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Whether a text is the path of a field, in Arm's spelling. */
export function isFieldPath(path: string): path is FieldPath {
  return fieldHead(path) !== undefined;
}

/** The names of a register's fields, from the top bit down; empty if it is none with fields. */
export function fieldNamesOf(register: string): readonly string[] {
  return Object.hasOwn(FIELDS, register) ? Object.keys(FIELDS[register]!) : [];
}

/** Whether a path is that of a field that has a sign. */
export function isSignedField(path: string): boolean {
  return fieldHead(path)?.[2] === 1;
}

const known = /* @__PURE__ */ new Map<FieldPath, FieldBits>();

/** The bits of a field; of CCSIDR_EL1's two layouts, the one without FEAT_CCIDX. */
export function fieldBits(path: FieldPath): FieldBits {
  let bits = known.get(path);
  if (bits === undefined) {
    const dot = path.indexOf('.');
    const [msb, lsb, signed] = fieldHead(path)!;
    bits = {
      register: path.slice(0, dot) as RegisterName,
      name: path.slice(dot + 1),
      msb,
      lsb,
      sign: signed === 1 ? 'signed' : 'unsigned',
    };
    known.set(path, bits);
  }
  return bits;
}

let byLowerPath: ReadonlyMap<string, FieldPath> | undefined;

/** Every path in lower case, with the register's `_el1` and without. */
function lowerPaths(): ReadonlyMap<string, FieldPath> {
  byLowerPath ??= new Map(
    Object.entries(FIELDS).flatMap(([register, fields]) =>
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
