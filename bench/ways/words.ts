/** Deriving hwcaps of rows with words of 32 bits, without generated code. */
import { COLUMNS, CONSTANT_BITS, type FieldTest, MIDR, type Plan, REVIDR, takenOf } from '../plan.ts';
import type { Rows } from '../rows.ts';
import type { RowsDeriver } from './bigint.ts';

const ROW = COLUMNS * 2;
const OUT = 6;

/** Takes from results what errata take, for ways that fill words of 32 bits. */
export function takeErrata(plan: Plan, { words, halves }: Rows, row: number, out: Int32Array): void {
  const midr = halves[row * ROW + MIDR * 2]!;
  if (plan.suspects[(midr >>> 4) & 0xfff] === 0) return;
  const taken = takenOf(plan, midr, words[row * COLUMNS + REVIDR]!);
  taken?.forEach((bits, word) => {
    out[row * OUT + word * 2]! &= ~Number(BigInt.asIntN(32, bits));
    out[row * OUT + word * 2 + 1]! &= ~Number(BigInt.asIntN(32, bits >> 32n));
  });
}

/** Results as words of 32 bits. */
export function halvesOf({ buffer, byteOffset, length }: BigUint64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length * 2);
}

/** What a field has from a register's two halves. */
function readField(low: number, high: number, { lsb, width, signed }: FieldTest): number {
  const field = ((lsb < 32 ? low >>> lsb : high >>> (lsb - 32)) & ((1 << width) - 1)) >>> 0;
  return signed && field >= 1 << (width - 1) ? field - (1 << width) : field;
}

/** Registers as high and low words, fields as objects that describe them. */
export function descriptorObjects(plan: Plan): RowsDeriver {
  const { rules } = plan;
  return (rows, out) => {
    const { halves, count } = rows;
    const found = halvesOf(out);
    const holds = (at: number, test: FieldTest): boolean =>
      readField(halves[at + test.column * 2]!, halves[at + test.column * 2 + 1]!, test) >= test.atLeast;
    for (let row = 0; row < count; row++) {
      const at = row * ROW;
      found.fill(0, row * OUT, row * OUT + OUT);
      found[row * OUT] = CONSTANT_BITS;
      for (const { word, bit, clauses } of rules) {
        let held = true;
        for (const tests of clauses) {
          let any = false;
          for (const test of tests) any ||= holds(at, test);
          held &&= any;
        }
        if (held) found[row * OUT + word * 2 + (bit >> 5)]! |= 1 << (bit & 31);
      }
      takeErrata(plan, rows, row, found);
    }
  };
}

/** Numbers that a test takes in the packed table. */
const STRIDE = 7;

/**
 * Descriptors as numbers in one Int32Array. A test: half of the row, shift, mask, turn, least; then whether it ends its clause, and
 * the bit of the result (0 to 191) if it ends its rule, -1 if not.
 */
function packed({ rules }: Plan): Int32Array {
  const all = rules.flatMap(({ word, bit, clauses }) =>
    clauses.flatMap((tests, clause) =>
      tests.flatMap(({ column, lsb, width, signed, atLeast }, test) => {
        const turn = signed ? 1 << (width - 1) : 0;
        const last = test === tests.length - 1;
        const place = last && clause === clauses.length - 1 ? word * 64 + bit : -1;
        return [column * 2 + (lsb >> 5), lsb & 31, (1 << width) - 1, turn, atLeast + turn, Number(last), place];
      }),
    ),
  );
  return Int32Array.from(all);
}

/** The table as numbers in one array, and a loop over it. */
export function packedDescriptors(plan: Plan): RowsDeriver {
  const table = packed(plan);
  return (rows, out) => {
    const { halves, count } = rows;
    const found = halvesOf(out);
    for (let row = 0; row < count; row++) {
      const at = row * ROW;
      const to = row * OUT;
      for (let half = 0; half < OUT; half++) found[to + half] = 0;
      found[to] = CONSTANT_BITS;
      let [held, any] = [1, 0];
      for (let next = 0; next < table.length; next += STRIDE) {
        const field = ((halves[at + table[next]!]! >>> table[next + 1]!) & table[next + 2]!) ^ table[next + 3]!;
        any |= (table[next + 4]! - 1 - field) >>> 31;
        if (table[next + 5] === 0) continue;
        held &= any;
        any = 0;
        const place = table[next + 6]!;
        if (place < 0) continue;
        found[to + (place >> 5)]! |= held << (place & 31);
        held = 1;
      }
      takeErrata(plan, rows, row, found);
    }
  };
}
