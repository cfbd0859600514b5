/** Deriving hwcaps of rows with BigInt: as a loop over a table, and as one would write it with objects. */
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { COLUMNS, CONSTANT_BITS, type FieldTest, MIDR, type Plan, REVIDR, takenOf, WORDS } from '../plan.ts';
import type { Rows } from '../rows.ts';

/** Derives all rows. */
export type RowsDeriver = (rows: Rows, out: BigUint64Array) => void;

function takeErrata(plan: Plan, { words }: Rows, row: number, out: BigUint64Array): void {
  const midr = Number(words[row * COLUMNS + MIDR]! & 0xffff_ffffn);
  if (plan.suspects[(midr >>> 4) & 0xfff] === 0) return;
  const taken = takenOf(plan, midr, words[row * COLUMNS + REVIDR]!);
  if (taken) for (let word = 0; word < WORDS; word++) out[row * WORDS + word]! &= ~taken[word]!;
}

/** A loop over the table, all constants made beforehand, no objects made on the way. */
export function bigintLoop(plan: Plan): RowsDeriver {
  const rules = plan.rules.map(({ word, bit, clauses }) => ({
    word,
    bit: 1n << BigInt(bit),
    clauses: clauses.map((tests) =>
      tests.map(({ column, lsb, width, signed, atLeast }) => ({
        column,
        shift: BigInt(lsb),
        mask: (1n << BigInt(width)) - 1n,
        // Turning the top bit over makes signed fields compare as unsigned ones.
        turn: signed ? 1n << BigInt(width - 1) : 0n,
        atLeast: BigInt(signed ? atLeast + 2 ** (width - 1) : atLeast),
      })),
    ),
  }));
  return (rows, out) => {
    const { words, count } = rows;
    for (let row = 0; row < count; row++) {
      const at = row * COLUMNS;
      const found = [BigInt(CONSTANT_BITS), 0n, 0n];
      for (const { word, bit, clauses } of rules) {
        let held = true;
        for (const tests of clauses) {
          let any = false;
          for (const { column, shift, mask, turn, atLeast } of tests)
            if ((((words[at + column]! >> shift) & mask) ^ turn) >= atLeast) any = true;
          if (!any) {
            held = false;
            break;
          }
        }
        if (held) found[word]! |= bit;
      }
      for (let word = 0; word < WORDS; word++) out[row * WORDS + word] = found[word]!;
      takeErrata(plan, rows, row, out);
    }
  };
}

/** An object for each field, looked up by name. */
export function bigintObjects(plan: Plan): RowsDeriver {
  const named = (test: FieldTest) => ({
    name: `${test.register}.${test.lsb}${test.signed ? 's' : ''}`,
    register: test.register,
    column: test.column,
    shift: BigInt(test.lsb),
    width: test.width,
    mask: (1n << BigInt(test.width)) - 1n,
    signed: test.signed,
    atLeast: BigInt(test.atLeast),
  });
  const rules = plan.rules.map((rule) => ({ ...rule, clauses: rule.clauses.map((tests) => tests.map(named)) }));
  const fields = [...new Map(rules.flatMap(({ clauses }) => clauses.flat().map((test) => [test.name, test]))).values()];
  const columns = [...new Set(fields.map(({ column }) => column))];
  return (rows, out) => {
    for (let row = 0; row < rows.count; row++) {
      const registers = new Map(columns.map((column) => [ROW_REGISTERS[column] as string, rows.words[row * COLUMNS + column]!]));
      const values = new Map<string, { readonly value: bigint }>();
      for (const { name, register, shift, width, mask, signed } of fields) {
        const value = (registers.get(register)! >> shift) & mask;
        values.set(name, { value: signed ? BigInt.asIntN(width, value) : value });
      }
      const found = [BigInt(CONSTANT_BITS), 0n, 0n];
      for (const { word, bit, clauses } of rules)
        if (clauses.every((tests) => tests.some(({ name, atLeast }) => values.get(name)!.value >= atLeast)))
          found[word]! |= 1n << BigInt(bit);
      out.set(found, row * WORDS);
      takeErrata(plan, rows, row, out);
    }
  };
}
