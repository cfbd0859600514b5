import type { FieldDescriptor, RegisterDescriptor } from '../../arch/register.ts';
import { type DecodedField, splitWord } from '../../arch/split-word.ts';
import { extractField, maskOf } from '../../bits/field.ts';
import { knownWord, type PartialWord } from '../../bits/partial-word.ts';
import { given } from '../../given.ts';

/** A field as the view shows it. */
export interface ShownField extends DecodedField {
  readonly path: string;
  /** Whether it is not known: its value says nothing then. */
  readonly isOpen: boolean;
  /** What it was at the start, unsigned; absent: the same. */
  readonly was?: bigint;
  /** What a guest gets of it, unsigned; absent: the same. */
  readonly guest?: bigint;
}

/** A register of one CPU as the view shows it. */
export interface ShownRegister {
  readonly register: RegisterDescriptor;
  /** Absent: not known, or not wholly. */
  readonly value?: bigint;
  /** Whether it is not listed and the machine's files are whole, so that a kernel takes it for zero. */
  readonly isTakenForZero: boolean;
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

/** A register: its value, what is known of it, or nothing where it is not listed and a kernel takes it for zero. */
export type RegisterValue = bigint | PartialWord | undefined;

/** The values of one register: now, at the start, and in the guest. */
export interface RegisterValues {
  readonly value: RegisterValue;
  readonly start: RegisterValue;
  readonly guest: RegisterValue;
}

function wordOf(value: RegisterValue): PartialWord {
  return typeof value === 'object' ? value : knownWord(value ?? 0n);
}

function wholeOf(value: RegisterValue): bigint | undefined {
  return typeof value === 'object' ? (value.open === 0n ? value.value : undefined) : value;
}

const isOpenIn = ({ open }: PartialWord, field: FieldDescriptor): boolean => (open & maskOf(field)) !== 0n;

/** What a field is elsewhere, if that is known and something else. */
function other(field: FieldDescriptor, own: PartialWord, compared: PartialWord): bigint | undefined {
  if (isOpenIn(own, field) || isOpenIn(compared, field)) return undefined;
  const found = extractField(compared.value, field);
  return found === extractField(own.value, field) ? undefined : found;
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
  const [word, before, inGuest] = [wordOf(value), wordOf(start), wordOf(guest)];
  const { fields, outsideFields } = splitWord(register, word.value);
  const isNarrow = word.value < 1n << 32n && fields.every(({ field }) => field.msb < 32);
  return {
    register,
    ...given({ value: wholeOf(value), start: wholeOf(start), guest: wholeOf(guest) }),
    isTakenForZero: value === undefined,
    changed: (value === undefined) !== (start === undefined) || word.value !== before.value || word.open !== before.open,
    fields: fields.map((decoded) => {
      const isOpen = isOpenIn(word, decoded.field);
      const was = other(decoded.field, word, before);
      const guests = other(decoded.field, word, inGuest);
      return {
        ...decoded,
        ...(isOpen ? { meaning: 'not known', reserved: false } : {}),
        isOpen,
        ...(isWhole ? {} : { meaning: '', reserved: false }),
        path: `${register.name}.${decoded.field.name}`,
        ...given({ was, guest: guests }),
      };
    }),
    outsideFields,
    width: isNarrow ? 32 : 64,
  };
}

/** A field's value in few characters: `2 LRCPC2`; hexadecimal where the field is wide; `?` where it is not known. */
export function shortValue({ raw, name, field, isOpen }: Pick<ShownField, 'raw' | 'name' | 'field' | 'isOpen'>): string {
  if (isOpen) return '?';
  const number = field.msb - field.lsb >= 4 ? `0x${raw.toString(16)}` : String(raw);
  return name === undefined ? number : `${number} ${name}`;
}
