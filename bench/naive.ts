/**
 * The way one would write it without a plan: every field is an object with BigInt in it, every question looks it up by name. It
 * knows one CPU by the plain rules; no overrides, no errata.
 */
import type { KernelModel, TrackedField } from '../src/linux/release/kernel-at.ts';
import type { Condition } from '../src/linux/release/rows.ts';
import type { RegisterFile } from '../src/silicon/machine.ts';

/** A field, read. */
export interface NaiveField {
  readonly field: TrackedField;
  readonly value: bigint;
}

/** Registers taken apart. */
export type NaiveRegisters = Map<string, NaiveField[]>;

/** Reads a field: shift, mask, sign. */
export function naiveField(value: bigint, lsb: number, width: number, signed: boolean): bigint {
  const field = (value >> BigInt(lsb)) & ((1n << BigInt(width)) - 1n);
  return signed && field >= 1n << BigInt(width - 1) ? field - (1n << BigInt(width)) : field;
}

function raw(registers: RegisterFile, name: string): bigint {
  return (registers as Readonly<Record<string, bigint | undefined>>)[name] ?? 0n;
}

/** Takes all registers of a CPU apart. */
export function naiveRegisters(registers: RegisterFile, model: KernelModel): NaiveRegisters {
  const all: NaiveRegisters = new Map();
  for (const { name, fields } of model.registers) {
    const value = raw(registers, name);
    all.set(
      name,
      fields.map((field) => ({ field, value: naiveField(value, field.lsb, field.width, field.signed) })),
    );
  }
  return all;
}

/** Puts a register together again. */
export function naiveValue(fields: readonly NaiveField[]): bigint {
  return fields.reduce((value, { field, value: part }) => value | ((part & ((1n << BigInt(field.width)) - 1n)) << BigInt(field.lsb)), 0n);
}

function holds(condition: Condition, system: ReadonlyMap<string, bigint>, bits: ReadonlyMap<string, readonly [number, number]>): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, system, bits));
  if ('any' in condition) return condition.any.some((part) => holds(part, system, bits));
  if ('not' in condition) return !holds(condition.not, system, bits);
  if (!('field' in condition)) throw new Error(`the naive way knows no ${Object.keys(condition)[0]}`);
  const [msb, lsb] = bits.get(condition.field)!;
  const value = naiveField(
    system.get(condition.field.slice(0, condition.field.indexOf('.')))!,
    lsb,
    msb - lsb + 1,
    condition.sign === 'signed',
  );
  return value >= BigInt(condition.atLeast);
}

/** Derives the hwcap words of a system from the same table, and nothing else. */
export function naiveHwcaps(system: NaiveRegisters, model: KernelModel, bits: ReadonlyMap<string, readonly [number, number]>): bigint[] {
  const values = new Map([...system].map(([name, fields]) => [name, naiveValue(fields)]));
  const words = Array.from({ length: model.hwcapWords }, () => 0n);
  const set = (vector: string, bit: number): void => {
    const word = vector === 'AT_HWCAP' ? 0 : vector === 'AT_HWCAP2' ? 1 : 2;
    words[word] = words[word]! | (1n << BigInt(bit));
  };
  for (const { vector, bit, when } of model.hwcaps) if (holds(when, values, bits)) set(vector, bit);
  set('AT_HWCAP', 2);
  set('AT_HWCAP', 11);
  return words;
}
