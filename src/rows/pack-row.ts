import type { RegisterFile } from '../silicon/machine.ts';
import { ROW_REGISTERS } from './generated/row-layout.ts';

/** The places of registers in a row, by name. */
export const ROW_COLUMNS: ReadonlyMap<string, number> = new Map(ROW_REGISTERS.map((name, column) => [name, column]));

/**
 * Puts the registers of a CPU into a row; one that is absent becomes zero, as the kernel takes it.
 *
 * @param rows - Holds rows of as many words as {@link ROW_REGISTERS} has names.
 * @param index - Which of the rows is filled.
 *
 * @example
 * ```js
 * const rows = new BigUint64Array(ROW_REGISTERS.length);
 * packRow({ MIDR_EL1: 0x410fd083n }, rows);
 * rows.includes(0x410fd083n) // → true
 * ```
 */
export function packRow(registers: RegisterFile, rows: BigUint64Array, index: number = 0): void {
  const at = index * ROW_REGISTERS.length;
  for (let column = 0; column < ROW_REGISTERS.length; column++) rows[at + column] = registers[ROW_REGISTERS[column]!] ?? 0n;
}
