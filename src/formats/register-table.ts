import { ALL_BITS } from '../bits/field.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { showJson } from './json-reader.ts';
import { LineAccount, type LineCount } from './line-account.ts';
import { RegisterCollector } from './register-collector.ts';
import { findRegisterName, isForeignRegister, resolveRegisterName } from './register-name.ts';

/** A table of texts, whatever file it came from. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly TextRow[];
}

/** One row. */
export interface TextRow {
  readonly cells: readonly string[];
  /** The place of a cell, to name in findings. */
  where(cell: number): string;
}

/** What a table holds. */
export interface RegisterTable {
  readonly machine?: Machine;
  /** What the first machine of the table is called, if it has a column for that. */
  readonly name?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: LineCount;
}

const CPU_HEAD = /^(?:v?cpu|processor|core|hart)(?:[ _#-]?(?:id|index|number|no|nr))?$/i;
const NAME_HEAD = /^(?:register|reg|name|sysreg|id|register[ _-]?name|encoding)$/i;
const VALUE_HEAD = /^(?:value|val|data|hex|content|contents|raw|value[ _-]?hex|hex[ _-]?value)$/i;
const MACHINE_HEAD = /^(?:machine|host|hostname|system|board|device|soc)$/i;
/** A column that holds one CPU's values, where each row is a register. */
const CPU_COLUMN = /^v?(?:cpu|core|processor)[ _#-]?(\d{1,4})$/i;
/** A cell that says that there is no value. */
const NOTHING = /^(?:-+|n\/?a|none|null|unknown|undef(?:ined)?|\?)?$/i;

type Layout =
  | {
      readonly kind: 'wide';
      readonly cpu: number;
      readonly machine: number;
      readonly registers: readonly (SystemRegisterName | undefined)[];
    }
  | { readonly kind: 'long'; readonly cpu: number; readonly machine: number; readonly name: number; readonly value: number }
  | { readonly kind: 'turned'; readonly name: number; readonly cpus: readonly (number | undefined)[] };

function layoutOf(header: readonly string[]): Layout | undefined {
  const heads = header.map((head) => head.trim());
  const find = (pattern: RegExp): number => heads.findIndex((head) => pattern.test(head));
  const registers = heads.map((head) => (resolveRegisterName(head.toUpperCase()).kind === 'known' ? findRegisterName(head) : undefined));
  const [cpu, machine, value] = [find(CPU_HEAD), find(MACHINE_HEAD), find(VALUE_HEAD)];
  if (registers.some((name) => name !== undefined)) return { kind: 'wide', cpu, machine, registers };
  const name = find(NAME_HEAD);
  if (name < 0) return undefined;
  const cpus = heads.map((head) => CPU_COLUMN.exec(head)?.[1]).map((digits) => (digits === undefined ? undefined : Number(digits)));
  if (cpus.some((digits) => digits !== undefined)) return { kind: 'turned', name, cpus };
  return value < 0 ? undefined : { kind: 'long', cpu, machine, name, value };
}

/** Whether a table of this header holds registers, as far as the header tells. */
export function isRegisterHeader(header: readonly string[]): boolean {
  return layoutOf(header) !== undefined;
}

/** Whether digits without `0x` are hexadecimal: some have letters, or stand with zeros before them. */
function bareIsHex({ rows }: TextTable): boolean {
  return rows.some(({ cells }) =>
    cells.some((cell) => /^\s*(?=\d*[a-f])[0-9a-f]{8,16}\s*$/i.test(cell) || /^\s*0[0-9a-f]{7,15}\s*$/i.test(cell)),
  );
}

function parseCell(cell: string, isHex: boolean): bigint | undefined {
  const plain = cell.trim().replaceAll('_', '');
  if (plain.length > 80) return undefined;
  let value: bigint | undefined;
  if (/^0x[0-9a-f]{1,64}$|^0b[01]{1,70}$/i.test(plain)) value = BigInt(plain);
  else if (isHex ? /^[0-9a-f]{1,16}$/i.test(plain) : /^\d{1,20}$/.test(plain)) value = BigInt(isHex ? `0x${plain}` : plain);
  return value === undefined || value > ALL_BITS ? undefined : value;
}

/** One interpretation of a table. */
class Interpretation {
  readonly account = new LineAccount();
  readonly registers = new RegisterCollector((found) => this.#found.push(found));
  readonly #isHex: boolean;
  /** What is wrong with the row at hand. */
  #found: Diagnostic[] = [];
  /** The machine of the rows that are read; others are left out. */
  machine: string | undefined;
  #others = 0;
  #nextCpu = 0;
  #took = false;

  constructor(table: TextTable) {
    this.#isHex = bareIsHex(table);
  }

  row(layout: Layout, row: TextRow): void {
    this.#took = false;
    this.#found = [];
    if (layout.kind === 'wide') this.#wide(layout, row);
    else if (layout.kind === 'long') this.#long(layout, row);
    else this.#turned(layout, row);
    const [first, ...rest] = this.#found;
    if (this.#took) this.account.read();
    else if (first === undefined) this.account.passed();
    if (first !== undefined && !this.#took) this.account.reject(first);
    for (const found of this.#took ? this.#found : rest) this.account.add(found);
  }

  #wide({ cpu, machine, registers }: Extract<Layout, { kind: 'wide' }>, row: TextRow): void {
    if (!this.#isOurs(row.cells[machine])) return;
    const number = cpu < 0 ? this.#nextCpu++ : this.#cpuOf(row, cpu);
    if (number === undefined) return;
    for (const [i, name] of registers.entries()) if (name !== undefined) this.#take(number, name, row, i);
  }

  #long({ cpu, machine, name, value }: Extract<Layout, { kind: 'long' }>, row: TextRow): void {
    if (!this.#isOurs(row.cells[machine])) return;
    const number = cpu < 0 ? 0 : this.#cpuOf(row, cpu);
    const register = this.#registerOf(row, name);
    if (number !== undefined && register !== undefined) this.#take(number, register, row, value);
  }

  #turned({ name, cpus }: Extract<Layout, { kind: 'turned' }>, row: TextRow): void {
    const register = this.#registerOf(row, name);
    if (register === undefined) return;
    for (const [i, cpu] of cpus.entries()) if (cpu !== undefined) this.#take(cpu, register, row, i);
  }

  #isOurs(machine: string | undefined): boolean {
    if (machine === undefined) return true;
    this.machine ??= machine.trim();
    if (machine.trim() === this.machine) return true;
    this.#others += 1;
    return false;
  }

  #cpuOf(row: TextRow, at: number): number | undefined {
    const cell = row.cells[at];
    const digits = /^\s*(?:v?cpu|core|processor)?[ _#-]?(\d{1,4}|0x[0-9a-f]{1,4})\s*$/i.exec(cell ?? '')?.[1];
    if (digits !== undefined) return Number(digits);
    return this.#bad(row, at, 'the number of a CPU');
  }

  #registerOf(row: TextRow, at: number): SystemRegisterName | undefined {
    const text = (row.cells[at] ?? '').trim();
    const name = text.length > 64 ? undefined : findRegisterName(text);
    if (name !== undefined) return name;
    if (!isForeignRegister(text.slice(0, 64))) return this.#bad(row, at, 'the name of a register');
    const message = `${showJson(text)} is no ID register that a kernel derives from; left out`;
    this.#found.push({ code: 'unknown-register', severity: 'note', where: row.where(at), message });
    return undefined;
  }

  #take(cpu: number, name: SystemRegisterName, row: TextRow, at: number): void {
    const cell = row.cells[at];
    if (cell === undefined || NOTHING.test(cell.trim())) return;
    const value = parseCell(cell, this.#isHex);
    if (value === undefined) this.#bad(row, at, `${name} as a number of at most 64 bits`);
    else {
      this.registers.add(cpu, name, value, row.where(at));
      this.#took = true;
    }
  }

  #bad(row: TextRow, at: number, expected: string): undefined {
    const message = `expected ${expected}, got ${showJson(row.cells[at])}`;
    this.#found.push({ code: 'bad-value', severity: 'error', where: row.where(at), message });
    return undefined;
  }

  /** Says once that rows of other machines were left out. */
  finish(): void {
    if (this.#others === 0) return;
    const message = `${this.#others} rows of other machines than ${showJson(this.machine)} are left out; give each machine a file`;
    this.account.add({ code: 'several-machines', severity: 'warning', where: 'file', message });
  }
}

/** A table without a header: names on the left, values on the right. */
function withHeader(table: TextTable, where: string): TextTable {
  const [name, value] = table.header;
  if (table.header.length !== 2 || findRegisterName((name ?? '').trim().slice(0, 64)) === undefined) return table;
  return parseCell(value ?? '', true) === undefined
    ? table
    : { header: ['register', 'value'], rows: [{ cells: table.header, where: () => where }, ...table.rows] };
}

/**
 * Reads a table of registers: one row a CPU with registers in the header (wide), one row a value with columns `register`, `value` and
 * perhaps `cpu` (long), one row a register with columns `cpu0`, `cpu1`, … (turned), or names and values without a header. Empty
 * cells are unknown values. Digits without `0x` are decimal, unless letters or zeros before them show that the table is hexadecimal.
 *
 * @param where - The place of the header.
 */
export function readRegisterTable(given: TextTable, where: string): RegisterTable {
  const table = withHeader(given, where);
  const layout = layoutOf(table.header);
  const run = new Interpretation(table);
  if (table === given) run.account.passed();
  if (layout === undefined) {
    const message = `expected columns such as cpu, register, value, or names of registers, got ${showJson(table.header.slice(0, 8).join(', '))}`;
    run.account.add({ code: 'bad-header', severity: 'error', where, message });
    return { diagnostics: run.account.diagnostics, lines: run.account.lines };
  }
  for (const row of table.rows) run.row(layout, row);
  run.finish();
  const machine = run.registers.machine();
  return {
    ...(machine === undefined ? {} : { machine }),
    ...(run.machine === undefined || run.machine === '' ? {} : { name: run.machine }),
    diagnostics: run.account.diagnostics,
    lines: run.account.lines,
  };
}
