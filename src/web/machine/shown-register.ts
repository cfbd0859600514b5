import type { FieldDescriptor, RegisterDescriptor } from '../../arch/register.ts';
import { type DecodedField, splitWord } from '../../arch/split-word.ts';
import { extractField } from '../../bits/field.ts';
import { given } from '../../given.ts';

/** A field as the view shows it. */
export interface ShownField extends DecodedField {
  readonly path: string;
  /** What it was at the start, unsigned; absent: the same. */
  readonly was?: bigint;
  /** What a guest gets of it, unsigned; absent: the same. */
  readonly guest?: bigint;
}

/** A register of one CPU as the view shows it. */
export interface ShownRegister {
  readonly register: RegisterDescriptor;
  /** Absent: unknown; a kernel takes it as zero. */
  readonly value?: bigint;
  /** At the start; absent: unknown then. */
  readonly start?: bigint;
  /** In the guest; absent: unknown there. */
  readonly guest?: bigint;
  readonly changed: boolean;
  readonly fields: readonly ShownField[];
  readonly outsideFields: bigint;
  /** 32 for a register that has nothing in its upper half. */
  readonly width: 32 | 64;
}

/** The values of one register: now, at the start, and in the guest. */
export interface RegisterValues {
  readonly value: bigint | undefined;
  readonly start: bigint | undefined;
  readonly guest: bigint | undefined;
}

function other(field: FieldDescriptor, value: bigint, compared: bigint | undefined): bigint | undefined {
  const found = extractField(compared ?? 0n, field);
  return found === extractField(value, field) ? undefined : found;
}

/**
 * Puts together what is shown of a register.
 *
 * @param isWhole - Whether the descriptor has the meanings of values; without them nothing is said of what one means.
 */
export function shownRegister(
  register: RegisterDescriptor,
  { value, start, guest }: RegisterValues,
  isWhole: boolean = true,
): ShownRegister {
  const word = value ?? 0n;
  const { fields, outsideFields } = splitWord(register, word);
  const isNarrow = word < 1n << 32n && fields.every(({ field }) => field.msb < 32);
  return {
    register,
    ...given({ value, start, guest }),
    changed: value !== start,
    fields: fields.map((decoded) => {
      const was = other(decoded.field, word, start);
      const inGuest = other(decoded.field, word, guest);
      return {
        ...decoded,
        ...(isWhole ? {} : { meaning: '', reserved: false }),
        path: `${register.name}.${decoded.field.name}`,
        ...given({ was, guest: inGuest }),
      };
    }),
    outsideFields,
    width: isNarrow ? 32 : 64,
  };
}

/** A field's value in few characters: `2 LRCPC2`; hexadecimal where the field is wide. */
export function shortValue({ raw, name, field }: Pick<DecodedField, 'raw' | 'name' | 'field'>): string {
  const number = field.msb - field.lsb >= 4 ? `0x${raw.toString(16)}` : String(raw);
  return name === undefined ? number : `${number} ${name}`;
}
