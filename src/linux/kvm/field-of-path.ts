import { type FieldBitsAt, fieldPlace } from '../bring-up/evaluate.ts';

/** Where a field of a row is. */
export type FieldAt = Pick<FieldBitsAt, 'register' | 'shift' | 'mask'>;

/** Finds a field of a row: by its name (`ID_AA64PFR0_EL1.SVE`) or its bits (`ID_AA64PFR1_EL1[23:20]`). */
export function fieldOfPath(path: string): FieldAt {
  const bits = /^(\w+)\[(\d+):(\d+)\]$/.exec(path);
  if (bits === null) return fieldPlace(path);
  const [, register, msb, lsb] = bits as unknown as [string, string, string, string];
  return { register, shift: BigInt(lsb), mask: (1n << BigInt(Number(msb) - Number(lsb) + 1)) - 1n };
}

/** The value of a field in its register. */
export function fieldValue(value: bigint, { shift, mask }: FieldAt): bigint {
  return (value >> shift) & mask;
}

/** The register with another value in a field. */
export function withFieldValue(value: bigint, { shift, mask }: FieldAt, field: bigint): bigint {
  return (value & ~(mask << shift)) | ((field & mask) << shift);
}

/** The bits of fields, in place. */
export function bitsOfFields(paths: readonly string[]): bigint {
  return paths.map(fieldOfPath).reduce((bits, { shift, mask }) => bits | (mask << shift), 0n);
}
