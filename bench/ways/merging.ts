/** Merging the CPUs of systems without generated code: with words of 32 bits, and with BigInt. Every CPU is taken to run AArch32. */

import type { TrackedField } from '../../src/linux/release/kernel-at.ts';
import type { SafeRule } from '../../src/linux/release/rows.ts';
import { IDENTITY_REGISTERS, ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { COLUMNS, type Plan } from '../plan.ts';
import type { Rows } from '../rows.ts';

/** Merges all systems, of `cpus` rows each, into a row each. */
export type RowsMerger = (rows: Rows, cpus: number, out: BigUint64Array) => void;

/** What is merged of each register; of those that are not, the boot CPU's is kept. */
function fieldsOf({ model }: Plan): readonly { readonly covered: bigint; readonly fields: readonly TrackedField[] }[] {
  return ROW_REGISTERS.map(
    (name) =>
      model.registers.find((register) => register.name === name) ?? {
        covered: IDENTITY_REGISTERS.includes(name) ? 0xffff_ffff_ffff_ffffn : 0n,
        fields: [],
      },
  );
}

function safe<T extends number | bigint>(rule: SafeRule, value: T, a: T, b: T): T | 0 {
  if (rule === 'exact') return value;
  if (rule === 'lower') return a < b ? a : b;
  if (rule === 'higher-or-zero' && (!a || !b)) return 0;
  return a > b ? a : b;
}

/** A field of 32-bit words: where it is, and how it is merged. */
interface WordField {
  readonly half: number;
  readonly shift: number;
  readonly mask: number;
  readonly width: number;
  readonly signed: boolean;
  readonly rule: SafeRule;
  readonly value: number;
}

function wordField({ lsb, width, signed, safe: rule, safeValue }: TrackedField, column: number): WordField {
  if (lsb >> 5 !== (lsb + width - 1) >> 5) throw new Error(`a field at ${lsb} lies in both halves`);
  const value = Number(signed ? BigInt.asIntN(width, safeValue) : safeValue);
  return { half: column * 2 + (lsb >> 5), shift: lsb & 31, mask: 2 ** width - 1, width, signed, rule, value };
}

function readWord(word: number, { shift, mask, width, signed }: WordField): number {
  const field = ((word >>> shift) & mask) >>> 0;
  return signed && field >= 2 ** (width - 1) ? field - 2 ** width : field;
}

/** Fields as objects, registers as words of 32 bits. */
export function mergeWords(plan: Plan): RowsMerger {
  const registers = fieldsOf(plan);
  const covered = new Int32Array(BigUint64Array.from(registers, (register) => register.covered).buffer);
  const fields = registers.flatMap((register, column) => register.fields.map((field) => wordField(field, column)));
  return ({ halves, count }, cpus, out) => {
    const system = new Int32Array(out.buffer, out.byteOffset, out.length * 2);
    for (let row = 0, to = 0; row < count; row += cpus, to += COLUMNS * 2) {
      const boot = row * COLUMNS * 2;
      for (let half = 0; half < COLUMNS * 2; half++) system[to + half] = halves[boot + half]! & covered[half]!;
      for (let cpu = 1; cpu < cpus; cpu++) {
        const at = boot + cpu * COLUMNS * 2;
        for (const field of fields) {
          const own = readWord(system[to + field.half]!, field);
          const other = readWord(halves[at + field.half]!, field);
          if (own === other) continue;
          const merged = safe(field.rule, field.value, own, other);
          system[to + field.half] = (system[to + field.half]! & ~(field.mask << field.shift)) | ((merged & field.mask) << field.shift);
        }
      }
    }
  };
}

/** Fields as objects, everything a BigInt. */
export function mergeBigints(plan: Plan): RowsMerger {
  const registers = fieldsOf(plan);
  const read = (value: bigint, { lsb, width, signed }: TrackedField): bigint => {
    const field = value >> BigInt(lsb);
    return signed ? BigInt.asIntN(width, field) : BigInt.asUintN(width, field);
  };
  return ({ words, count }, cpus, out) => {
    for (let row = 0, to = 0; row < count; row += cpus, to += COLUMNS) {
      const boot = row * COLUMNS;
      for (let column = 0; column < COLUMNS; column++) {
        const { covered, fields } = registers[column]!;
        out[to + column] = words[boot + column]! & covered;
        for (let cpu = 1; cpu < cpus; cpu++) {
          const other = words[boot + cpu * COLUMNS + column]!;
          for (const field of fields) {
            const { lsb, width, mask, signed, safeValue } = field;
            const [a, b] = [read(out[to + column]!, field), read(other, field)];
            if (a === b) continue;
            const merged = BigInt(safe(field.safe, signed ? BigInt.asIntN(width, safeValue) : safeValue, a, b));
            out[to + column] = (out[to + column]! & ~mask) | ((merged << BigInt(lsb)) & mask);
          }
        }
      }
    }
  };
}
