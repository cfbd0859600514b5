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

/** Whether a text is the path of a field, in Arm's spelling. */
export function isFieldPath(path: string): path is FieldPath {
  return Object.hasOwn(FIELD_BITS, path);
}

/** The bits of a field; of CCSIDR_EL1's two layouts, the one without FEAT_CCIDX. */
export function fieldBits(path: FieldPath): FieldBits {
  const [msb, lsb, signed] = FIELD_BITS[path];
  const dot = path.indexOf('.');
  return { register: path.slice(0, dot) as RegisterName, name: path.slice(dot + 1), msb, lsb, sign: signed === 1 ? 'signed' : 'unsigned' };
}
