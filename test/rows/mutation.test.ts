import { describe, expect, it } from 'vitest';
import { evaluate, type Facts, fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import { type HwcapRule, kernelAt } from '../../src/linux/release/kernel-at.ts';
import type { Condition, FieldCondition } from '../../src/linux/release/rows.ts';
import { ErrataTakings } from '../../src/rows/errata.ts';
import { NATIVE, NATIVE_SLOTS } from '../../src/rows/generated/derivers.ts';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { mergeMasks } from '../../src/rows/merge-masks.ts';
import { lookUpTables, nibbleTables } from '../../src/rows/tables.ts';
import { VectorKernel } from '../../src/rows/vector-kernel.ts';

const MODEL = kernelAt({ release: '7.2' });
const RULES = { effectiveIdc: true, initialisesAArch32: false, updatesAArch32: 'cpu-el0' } as const;
const CONTEXT = { model: MODEL, overrides: new Map() };
const VALUES = Array.from({ length: 16 }, (_, value) => value);

/** The comparison that decides about a rule, and the rule with another threshold in its place. */
function mutated(rule: HwcapRule): { field: FieldCondition; rule: HwcapRule } | undefined {
  const change = (condition: Condition): Condition | undefined => {
    if ('field' in condition) return { ...condition, atLeast: condition.atLeast + 1 };
    if (!('all' in condition)) return undefined;
    const last = change(condition.all.at(-1)!);
    return last && { all: [...condition.all.slice(0, -1), last] };
  };
  const last = (condition: Condition): Condition => ('all' in condition ? last(condition.all.at(-1)!) : condition);
  const field = last(rule.when);
  const when = change(rule.when);
  return when && 'field' in field ? { field, rule: { ...rule, when } } : undefined;
}

/** Rows of a CPU that has SVE and SME, and each value of a field. */
function rowsFor({ field }: FieldCondition): BigUint64Array {
  const { register, shift } = fieldPlace(field);
  const rows = new BigUint64Array(VALUES.length * ROW_REGISTERS.length);
  for (const value of VALUES) {
    const put = (name: string, at: bigint, bits: bigint): void => {
      const column = value * ROW_REGISTERS.length + (ROW_REGISTERS as readonly string[]).indexOf(name);
      rows[column] = (rows[column]! & ~(0xfn << at)) | (bits << at);
    };
    put('ID_AA64PFR0_EL1', 32n, 1n);
    put('ID_AA64PFR1_EL1', 24n, 1n);
    put(register, shift, BigInt(value));
  }
  return rows;
}

/** What the evaluator makes of a rule on each of those rows. */
function judged(rows: BigUint64Array, { when }: HwcapRule): readonly boolean[] {
  return VALUES.map((value) => {
    const register = (name: string): bigint =>
      rows[value * ROW_REGISTERS.length + (ROW_REGISTERS as readonly string[]).indexOf(name)]! &
      MODEL.registers.find((tracked) => tracked.name === name)!.covered;
    const facts: Facts = {
      register,
      userMask: (name) => MODEL.registers.find((tracked) => tracked.name === name)!.userMask,
      signedComparison: false,
      option: MODEL.option,
      cpucap: (name) =>
        MODEL.capabilitiesNamed.get(name)!.some((capability) => evaluate(capability.when, { ...facts, userMask: () => ~0n }).held),
      rule: () => false,
    };
    return evaluate(when, facts).held;
  });
}

/** What the engines make of it. */
function derived(rows: BigUint64Array, rules: readonly HwcapRule[], { vector, bit }: HwcapRule): readonly (readonly boolean[])[] {
  const tables = nibbleTables(rules, CONTEXT, [], 6);
  const halves = new Int32Array(rows.buffer);
  const outs = [new Int32Array(VALUES.length * 6), new Int32Array(VALUES.length * 6)] as const;
  NATIVE.use(lookUpTables(NATIVE_SLOTS, tables, ROW_REGISTERS));
  NATIVE.derive(halves, 0, outs[0], 0, VALUES.length, -1, -1);
  new VectorKernel(tables, mergeMasks(MODEL, ROW_REGISTERS), RULES, new ErrataTakings([], 6)).derive(halves, 0, outs[1], 0, VALUES.length);
  const half = { AT_HWCAP: 0, AT_HWCAP2: 2, AT_HWCAP3: 4 }[vector] + (bit >> 5);
  return outs.map((out) => VALUES.map((value) => ((out[value * 6 + half]! >>> (bit & 31)) & 1) === 1));
}

describe('a threshold that is changed', () => {
  const cases = MODEL.hwcaps.flatMap((rule) => {
    const mutation = mutated(rule);
    return mutation ? [{ name: rule.name, rule, mutation }] : [];
  });

  it('is tried for nearly every hwcap', () => {
    expect(cases.length).toBeGreaterThan(MODEL.hwcaps.length - 5);
  });

  it.each(cases)('is followed by every engine, and noticed where one does not follow: $name', ({ rule, mutation }) => {
    const rows = rowsFor(mutation.field);
    const rules = MODEL.hwcaps.map((other) => (other === rule ? mutation.rule : other));
    const wanted = judged(rows, mutation.rule);
    for (const got of derived(rows, rules, rule)) expect(got).toEqual(wanted);
    const stale = derived(rows, MODEL.hwcaps, rule);
    for (const got of stale) {
      expect(got).toEqual(judged(rows, rule));
      expect(got).not.toEqual(wanted);
    }
  });
});
