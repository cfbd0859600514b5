import { ALL_BITS } from '../bits/field.ts';
import type { KernelModel, TrackedField, TrackedRegister } from '../linux/release/kernel-at.ts';
import { IDENTITY_REGISTERS } from './generated/row-layout.ts';
import { RULE_MASKS, type RuleMask } from './vector-memory.ts';

/** How the fields of a register are merged, as masks over its 64 bits. */
export type ColumnMasks = Readonly<Record<RuleMask, bigint>>;

/** A field wider than four bits: where CPUs differ in it, it takes a value of the table. */
export interface WideField {
  readonly column: number;
  readonly mask: bigint;
  readonly safe: bigint;
}

/** How the registers of a row are merged. */
export interface MergeMasks {
  /** By column; absent = the kernel does not merge it, and holds zero. */
  readonly columns: readonly (ColumnMasks | undefined)[];
  readonly wide: readonly WideField[];
}

/** What the field's rule is called among the masks. */
function maskName({ safe, width, lsb }: TrackedField): RuleMask {
  if (width === 1) return 'bits';
  if (safe === 'exact' && (width !== 4 || lsb % 4 !== 0)) return 'wide';
  if (width !== 4 || lsb % 4 !== 0) throw new Error(`a field of ${width} bits at ${lsb} cannot be merged by masks`);
  return safe === 'higher-or-zero' ? 'higherOrZero' : safe;
}

/** Whether a single bit is set where one CPU has it and the other has not. */
function joinsBits({ safe, signed }: TrackedField): boolean {
  return safe === 'higher' ? !signed : safe === 'lower' && signed;
}

/** What fields come to where CPUs differ, if that is not one of their values. */
function safeBits(field: TrackedField): bigint {
  const { safe, safeValue, width, lsb, mask } = field;
  if (safe === 'exact') return (safeValue << BigInt(lsb)) & mask;
  return width === 1 && joinsBits(field) ? mask : 0n;
}

/** The top bit of a signed field; turned over, values compare as unsigned ones do. */
function signOf({ signed, width, lsb }: TrackedField): bigint {
  return signed && width === 4 ? 8n << BigInt(lsb) : 0n;
}

function columnMasks({ fields, covered }: TrackedRegister): ColumnMasks {
  const masks = Object.fromEntries(RULE_MASKS.map((name) => [name, 0n])) as Record<RuleMask, bigint>;
  for (const field of fields) {
    masks[maskName(field)] |= field.mask;
    masks.signed |= signOf(field);
    masks.safe |= safeBits(field);
  }
  return { ...masks, covered, rare: covered & ~masks.lower };
}

/** A register that keeps what the boot CPU has: all of it counts as one wide field that nobody compares. */
function keptMasks(covered: bigint): ColumnMasks {
  const none = Object.fromEntries(RULE_MASKS.map((name) => [name, 0n])) as Record<RuleMask, bigint>;
  return { ...none, covered, wide: covered, rare: covered };
}

/** How a kernel merges the registers of a row. */
export function mergeMasks(model: KernelModel, registers: readonly string[]): MergeMasks {
  const columns: (ColumnMasks | undefined)[] = [];
  const wide: WideField[] = [];
  for (const [column, name] of registers.entries()) {
    const tracked = model.registers.find((register) => register.name === name);
    if (IDENTITY_REGISTERS.includes(name)) columns.push(keptMasks(ALL_BITS));
    else if (tracked === undefined) columns.push(undefined);
    else if (name === 'ID_AA64MMFR4_EL1' && model.behaviour['mmfr4-not-updated']) columns.push(keptMasks(tracked.covered));
    else {
      columns.push(columnMasks(tracked));
      const fields = tracked.fields.filter((field) => maskName(field) === 'wide');
      wide.push(...fields.map(({ mask, safeValue, lsb }) => ({ column, mask, safe: (safeValue << BigInt(lsb)) & mask })));
    }
  }
  return { columns, wide };
}
