import { formatHex } from '../bits/hex.ts';
import { given } from '../given.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { type CsvRecord, formatCsv, parseCsv, separatorOf } from './csv.ts';
import { placeFinder } from './parse-json.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { findRegisterName, REGISTER_NAMES } from './register-name.ts';
import { isRegisterHeader, type RegisterTable, readRegisterTable, type TextRow } from './register-table.ts';

/** Lines before the table that only remark on it. */
function isRemark({ cells }: CsvRecord): boolean {
  return /^\s*#/.test(cells[0] ?? '');
}

function rowOf({ cells, starts, line }: CsvRecord, placeAt: (offset: number) => string): TextRow {
  return { cells, where: (cell) => (starts[cell] === undefined ? `line ${line}` : placeAt(starts[cell])) };
}

/**
 * Reads a table of registers from comma-, semicolon- or tab-separated values.
 *
 * @example
 * ```js
 * parseRegisterCsv('register,value\nMIDR_EL1,0x410fd083\n').machine.cpus[0].registers.MIDR_EL1 // → 0x410fd083n
 * ```
 */
export function parseRegisterCsv(text: string): RegisterTable {
  const start = /^(?:\ufeff?[ \t]*#[^\n]*\n)*/.exec(text.slice(0, 1 << 16))![0].length;
  const { value, diagnostics } = parseCsv(text, separatorOf(text.slice(start)));
  const [header, ...rows] = value.filter((record) => !isRemark(record));
  if (header === undefined) return { diagnostics, lines: { read: 0, passed: value.length, unread: 0 } };
  const placeAt = placeFinder(text);
  const table = readRegisterTable({ header: header.cells, rows: rows.map((row) => rowOf(row, placeAt)) }, `line ${header.line}`);
  const remarks = value.length - rows.length - 1;
  return {
    ...table,
    diagnostics: [...diagnostics, ...table.diagnostics],
    lines: { ...table.lines, passed: table.lines.passed + remarks },
  };
}

/**
 * Writes a machine as a table with a row a CPU and a column a register; a value that is unknown is an empty cell.
 *
 * @example
 * ```js
 * formatRegisterCsv({ cpus: [{ registers: { MIDR_EL1: 0x410fd083n } }] }).includes('MIDR_EL1') // → true
 * ```
 */
export function formatRegisterCsv({ cpus }: Machine): string {
  const names: readonly SystemRegisterName[] = REGISTER_NAMES.filter((name) => cpus.some(({ registers }) => registers[name] !== undefined));
  const cell = (value: bigint | undefined): string => (value === undefined ? '' : formatHex(value));
  const rows = cpus.map(({ registers }, i) => [String(i), ...names.map((name) => cell(registers[name]))]);
  return formatCsv([['cpu', ...names], ...rows]);
}

function isHeadless(cells: readonly string[]): boolean {
  return cells.length === 2 && findRegisterName((cells[0] ?? '').trim().slice(0, 64)) !== undefined && /^\s*0x/i.test(cells[1] ?? '');
}

/** Tables of registers as comma-separated values. */
export const registerCsvReader: Reader = {
  name: 'csv',
  title: 'a table of registers (CSV)',
  recognise(head) {
    if (/^\ufeff?\s*[[{]/.test(head)) return 0;
    const first = parseCsv(head.slice(0, 1 << 14)).value.find((record) => !isRemark(record));
    if (first === undefined || first.cells.length < 2) return 0;
    if (isRegisterHeader(first.cells)) return 0.93;
    return isHeadless(first.cells) ? 0.8 : 0;
  },
  read(text): ReadCapture {
    const { machine, name, diagnostics, lines } = parseRegisterCsv(text);
    return {
      value: given({ machine, name }),
      diagnostics,
      lines,
    };
  },
};
