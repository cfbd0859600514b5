import { ALL_BITS, extractField, maskOf, readField, widthOf } from '../bits/field.ts';
import { given } from '../given.ts';
import type { ArchFeatureName } from './generated/names.ts';
import type { FieldDescriptor, RegisterDescriptor, RegisterVariant } from './register-descriptor.ts';

/** The fields of one layout of a register: of `variant`, or of the layout that comes first (`legacy`). */
export function fieldsOf(register: RegisterDescriptor, variant?: RegisterVariant): readonly FieldDescriptor[] {
  const wanted = variant ?? register.fields[0]?.variant;
  return register.fields.filter((field) => field.variant === undefined || field.variant === wanted);
}

/** One field of a register's value, and what it says. */
export interface DecodedField {
  readonly field: FieldDescriptor;
  /** The bits as an unsigned number. */
  readonly raw: bigint;
  /** The number that compares: negative where a signed field has its top bit set. */
  readonly value: bigint;
  /** The short name of the value, such as `LRCPC2`. */
  readonly name?: string;
  /** What the value says; `reserved` if no meaning is known. */
  readonly meaning: string;
  readonly reserved: boolean;
  /** The architecture features that this field alone promises at this value, those of lower values included. */
  readonly archFeatures: readonly ArchFeatureName[];
}

/** A register's value, field by field. */
export interface DecodedRegister {
  readonly register: RegisterDescriptor;
  /** 0 to 2^64 - 1. */
  readonly value: bigint;
  /** From the top bit down. */
  readonly fields: readonly DecodedField[];
  /** The bits that are set, in place, where the register has no named field; 0n if none. */
  readonly outsideFields: bigint;
}

/** The architecture features that a field promises at an unsigned value, in the order of the values that bring them. */
export function archFeaturesAt(field: FieldDescriptor, raw: bigint): readonly ArchFeatureName[] {
  if (field.notImplementedValue !== undefined && raw === BigInt(field.notImplementedValue)) return [];
  const width = widthOf(field);
  const ordered = (unsigned: bigint) => readField(unsigned, { msb: width - 1, lsb: 0 }, field.sign);
  const reached = Object.entries(field.implements ?? {})
    .map(([key, names]) => ({ from: ordered(BigInt(key)), names }))
    .filter(({ from }) => from <= ordered(raw))
    .sort((a, b) => Number(a.from - b.from));
  return [...new Set([...reached.flatMap(({ names }) => names), ...(field.implementsOnlyAt?.[String(raw)] ?? [])])];
}

function decodeField(field: FieldDescriptor, register: bigint): DecodedField {
  const raw = extractField(register, field);
  const value = readField(register, field, field.sign);
  const archFeatures = archFeaturesAt(field, raw);
  const listed = field.values?.[String(raw)];
  const range = field.ranges?.find(({ from, to }) => raw >= BigInt(from) && (to === undefined || raw <= BigInt(to)));
  const meaning = listed?.meaning ?? range?.meaning;
  return {
    field,
    raw,
    value,
    ...given({ name: listed?.name }),
    meaning: meaning ?? 'reserved',
    reserved: meaning === undefined,
    archFeatures,
  };
}

/** Splits a value into the fields of a register that is described. */
export function splitWord(register: RegisterDescriptor, value: bigint, variant?: RegisterVariant): DecodedRegister {
  const word = BigInt.asUintN(64, value);
  const fields = fieldsOf(register, variant);
  const named = fields.reduce((mask, field) => mask | maskOf(field), 0n);
  return { register, value: word, fields: fields.map((field) => decodeField(field, word)), outsideFields: word & ~named & ALL_BITS };
}
