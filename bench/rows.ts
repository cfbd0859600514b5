import { ROW_REGISTERS } from '../src/rows/generated/row-layout.ts';
import type { RegisterFile } from '../src/silicon/machine.ts';
import { COLUMNS } from './plan.ts';
import { randomWords } from './random.ts';

/** Rows of registers, and two views of the same bytes. */
export interface Rows {
  readonly words: BigUint64Array;
  readonly halves: Int32Array;
  readonly count: number;
}

/** The same bytes, as rows. */
export function rowsOf(words: BigUint64Array): Rows {
  return { words, halves: new Int32Array(words.buffer, words.byteOffset, words.length * 2), count: words.length / COLUMNS };
}

/** Rows in which every field has any value. */
export function randomRows(count: number, seed?: bigint): Rows {
  return rowsOf(BigUint64Array.from(randomWords(count * COLUMNS, seed)));
}

/** The registers of a row, by name. */
export function registersAt({ words }: Rows, row: number): RegisterFile {
  return Object.fromEntries(ROW_REGISTERS.map((name, column) => [name, words[row * COLUMNS + column]!]));
}
