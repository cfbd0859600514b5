import { fieldPlace } from '../bring-up/evaluate.ts';

/** Where a field of a row is: by its name (`ID_AA64PFR0_EL1.SVE`) or its bits (`ID_AA64PFR1_EL1[23:20]`). */
export interface FieldAt {
  readonly register: string;
  readonly shift: bigint;
  /** The field's greatest value. */
  readonly ones: bigint;
}

/** Finds a field of a row. */
export function fieldOfPath(path: string): FieldAt {
  const bits = /^(\w+)\[(\d+):(\d+)\]$/.exec(path);
  if (bits !== null) {
    const [, register, msb, lsb] = bits as unknown as [string, string, string, string];
    return { register, shift: BigInt(lsb), ones: (1n << BigInt(Number(msb) - Number(lsb) + 1)) - 1n };
  }
  const { register, shift, mask } = fieldPlace(path);
  return { register, shift, ones: mask };
}

/** The value of a field in its register. */
export function readField(value: bigint, { shift, ones }: FieldAt): bigint {
  return (value >> shift) & ones;
}

/** The register with another value in a field. */
export function writeField(value: bigint, { shift, ones }: FieldAt, field: bigint): bigint {
  return (value & ~(ones << shift)) | ((field & ones) << shift);
}
