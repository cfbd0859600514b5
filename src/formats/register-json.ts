import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import { isJsonObject, type JsonObject, joinPath, showJson } from './json-reader.ts';
import { parseJson } from './parse-json.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { isOwnForm } from './register-dump.ts';
import { findRegisterName } from './register-name.ts';
import { isRegisterHeader, readRegisterTable, type TextRow } from './register-table.ts';

/** A register's value as a cell of a table. JSON numbers are exact up to 53 bits only, and decimal. */
function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return `0x${value.toString(16)}`;
  if (typeof value === 'number') return `${value}, a number that JSON does not hold exactly`;
  return value === null || value === undefined ? '' : showJson(value);
}

/** Rows as objects; their keys make the header. */
function tableOfObjects(rows: readonly unknown[], path: string): { readonly header: readonly string[]; readonly rows: readonly TextRow[] } {
  const header: string[] = [];
  const columns = new Map<string, number>();
  for (const row of rows) {
    for (const key of isJsonObject(row) ? Object.keys(row) : []) {
      if (columns.has(key) || columns.size >= MAX_COLUMNS) continue;
      columns.set(key, header.length);
      header.push(key);
    }
  }
  const rowOf = (row: unknown, i: number): TextRow => {
    const cells: string[] = [];
    for (const [key, value] of Object.entries(isJsonObject(row) ? row : {})) {
      const at = columns.get(key);
      if (at !== undefined) cells[at] = cellOf(value);
    }
    const name = (cell: number): string => header[cell] ?? '';
    return { cells: Array.from(cells, (cell) => cell ?? ''), where: (cell) => joinPath(joinPath(path, i), name(cell)) };
  };
  return { header, rows: rows.map(rowOf) };
}

/** More columns than there are registers have no use. */
const MAX_COLUMNS = 1000;

/** What registers of a JSON value look like: rows of a table, found somewhere near the top. */
interface Found {
  readonly rows: readonly unknown[];
  readonly path: string;
}

const CPU_KEY = /^(?:v?cpu|core|processor)?[ _#-]?(\d{1,4})$/i;

function hasRegisters(value: unknown): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).some((key) => key.length <= 64 && findRegisterName(key) !== undefined);
}

function withCpu(cpu: number, value: unknown): unknown {
  const inner = isJsonObject(value) && isJsonObject(value.registers) ? value.registers : value;
  return isJsonObject(inner) ? { ...inner, cpu } : inner;
}

function byCpu(value: JsonObject): readonly unknown[] | undefined {
  const entries = Object.entries(value).flatMap(([key, part]) => {
    const digits = CPU_KEY.exec(key)?.[1];
    return digits === undefined || !isJsonObject(part) ? [] : [withCpu(Number(digits), part)];
  });
  return entries.length > 0 && entries.every(hasRegisters) ? entries : undefined;
}

/** Finds the rows: in the value itself, or one or two keys below. */
function findRows(value: unknown, path: string, depth: number): Found | undefined {
  if (Array.isArray(value)) {
    const rows = value.map((row: unknown, i) => (isJsonObject(row) && isJsonObject(row.registers) ? withCpu(i, row) : row));
    return isRegisterHeader(tableOfObjects(rows.slice(0, 100), path).header) ? { rows, path } : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  if (hasRegisters(value)) return { rows: [value], path };
  const cpus = byCpu(value);
  if (cpus !== undefined) return { rows: cpus, path };
  if (depth === 0) return undefined;
  for (const [key, part] of Object.entries(value).slice(0, MAX_COLUMNS)) {
    const found = findRows(part, joinPath(path, key), depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Reads registers of JSON that others write: rows of objects, registers by name, or by CPU and name; at the top or a little below.
 *
 * @example
 * ```js
 * parseRegisterJson('{"cpus":[{"registers":{"MIDR_EL1":"0x410fd083"}}]}').value.machine.cpus[0].registers.MIDR_EL1 // → 0x410fd083n
 * ```
 */
export function parseRegisterJson(text: string): ReadCapture {
  const { value, diagnostics } = parseJson(text);
  if (diagnostics.length > 0) return { value: {}, diagnostics };
  const found = findRows(value, '', 3);
  if (found === undefined) {
    const message = 'expected registers by name, such as {"MIDR_EL1": "0x410fd0c0"}, or rows with "register" and "value"';
    const nothing: Diagnostic = { code: 'no-registers', severity: 'error', where: 'file', message };
    return { value: {}, diagnostics: [nothing] };
  }
  const table = readRegisterTable(tableOfObjects(found.rows, found.path), found.path === '' ? 'file' : found.path);
  const { machine, name } = table;
  return {
    value: given({ machine, name }),
    diagnostics: table.diagnostics,
  };
}

/** The name of an ID register, as a key or as a value. */
const NAMED = /"(?:ID_(?:AA64)?\w{1,40}|MIDR(?:_EL1)?|S3_[0-7]_C\d{1,2}_C\d{1,2}_[0-7])"/i;

/** Registers in JSON of other tools. armlens' own form is read as a register dump. */
export const registerJsonReader: Reader = {
  name: 'register-json',
  title: 'registers in JSON',
  recognise(head) {
    if (!/^\ufeff?\s*[{[]/.test(head)) return 0;
    if (isOwnForm(head)) return 0;
    if (/"(?:register|reg|sysreg|name)"\s*:/i.test(head) && /"(?:value|val|data|hex)"\s*:/i.test(head) && NAMED.test(head)) return 0.85;
    if (!NAMED.test(head)) return 0;
    return /"(?:v?cpu|core|processor)(?:[ _#-]?\d{1,4}"\s*:\s*\{|"\s*:)/i.test(head) || /_EL[0-3]"\s*:\s*(?:\d|null)/i.test(head)
      ? 0.85
      : 0.5;
  },
  read: parseRegisterJson,
};
