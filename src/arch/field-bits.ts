import type { BitRange, Sign } from '../bits/field.ts';
import { FIELD_BITS } from './generated/field-bits.ts';
import type { FieldPath, RegisterName } from './generated/names.ts';

/** Where a field is and how it compares: what code needs that does not print. `findField` gives the full descriptor. */
export interface FieldBits extends BitRange {
  readonly register: RegisterName;
  /** The field's own name, such as `AdvSIMD`. */
  readonly name: string;
  readonly sign: Sign;
}

/** The registers that have fields: all that is known of the ID space. */
export const REGISTER_NAMES: readonly RegisterName[] = Object.keys(FIELD_BITS) as RegisterName[];

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

/** The bits of a field; of CCSIDR_EL1's two layouts, the one without FEAT_CCIDX. */
export function fieldBits(path: FieldPath): FieldBits {
  const [register, name, bits] = bitsAt(path);
  const [msb, lsb, signed] = bits!;
  return { register: register as RegisterName, name, msb, lsb, sign: signed === 1 ? 'signed' : 'unsigned' };
}
