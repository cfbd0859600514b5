/**
 * Deriving hwcaps of rows with a library that reads bit-fields. bit-buffer is the fastest of three that were tried on the same
 * table: binary-parser took about 5 times as long, structurae 9 times.
 */
import { BitView } from 'bit-buffer';
import { COLUMNS, CONSTANT_BITS, type FieldTest, type Plan } from '../plan.ts';
import type { RowsDeriver } from './bigint.ts';
import { halvesOf, takeErrata } from './words.ts';

const OUT = 6;

function holds(view: BitView, row: number, { column, lsb, width, signed, atLeast }: FieldTest): boolean {
  return view.getBits((row * COLUMNS + column) * 64 + lsb, width, signed) >= atLeast;
}

/** Every field through `BitView.getBits()`. */
export function bitBuffer(plan: Plan): RowsDeriver {
  return (rows, out) => {
    const found = halvesOf(out);
    const view = new BitView(rows.words.buffer as ArrayBuffer);
    for (let row = 0; row < rows.count; row++) {
      found.fill(0, row * OUT, row * OUT + OUT);
      found[row * OUT] = CONSTANT_BITS;
      for (const { word, bit, clauses } of plan.rules) {
        let held = true;
        for (const tests of clauses) {
          let any = false;
          for (const test of tests) any ||= holds(view, row, test);
          held &&= any;
        }
        if (held) found[row * OUT + word * 2 + (bit >> 5)]! |= 1 << (bit & 31);
      }
      takeErrata(plan, rows, row, found);
    }
  };
}
