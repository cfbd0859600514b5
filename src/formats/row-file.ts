import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../nearest.ts';
import { ROW_REGISTERS } from '../rows/generated/row-layout.ts';
import { ROW_COLUMNS } from '../rows/pack-row.ts';
import { JsonReader } from './json-reader.ts';
import { findRegisterName } from './register-name.ts';
import { MAX_CPUS } from './register-values.ts';

/**
 * A file of rows: a line of JSON that names the columns, then words of 64 bits, little-endian, one a column, row after row. The line is
 * filled up with blanks so that the words begin at a multiple of 8.
 */
export interface RowFileHeader {
  /** Registers, in the order of the words of a row. */
  readonly columns: readonly string[];
  /** How many rows are one system, the boot CPU first. Default 1. */
  readonly cpus?: number;
}

/** Rows in the order of {@link ROW_REGISTERS}, of whole systems. */
export interface RowBlock {
  readonly rows: BigUint64Array;
  /** How many systems they are. */
  readonly systems: number;
  /** How many rows each has. */
  readonly cpus: number;
}

const VERSION = 1;
const LINE_FEED = 0x0a;
const LONGEST_HEADER = 1 << 16;
/** Rows that are handed on at a time, as far as systems are not larger. */
const BLOCK = 4096;

/**
 * Writes the beginning of a file of rows; the words follow as they lie in memory.
 *
 * @example
 * ```js
 * formatRowFileHeader({ columns: ['MIDR_EL1'], cpus: 1 }).length % 8 // → 0
 * ```
 */
export function formatRowFileHeader({ columns, cpus = 1 }: RowFileHeader): Uint8Array {
  const text = JSON.stringify({ armlens: 'rows', version: VERSION, cpus, columns });
  return new TextEncoder().encode(`${text.padEnd(Math.ceil((text.length + 1) / 8) * 8 - 1)}\n`);
}

/** Where the columns of a table stand in a row, and what is wrong with their names. -1: rows do not hold the register. */
export function rowColumns(names: readonly string[]): { readonly places: readonly number[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<number>();
  const fail = (where: string, severity: 'error' | 'note', message: string): void => {
    diagnostics.push({ code: severity === 'error' ? 'bad-column' : 'unused-column', severity, where, message });
  };
  const places = names.map((name) => {
    const register = findRegisterName(name);
    const place = register === undefined ? -1 : (ROW_COLUMNS.get(register) ?? -1);
    if (register === undefined) fail(name, 'error', `no register has this name${didYouMean(name, ROW_REGISTERS)}`);
    else if (place === -1) fail(name, 'note', 'no hwcap follows from this register; left out');
    else if (seen.has(place)) fail(name, 'error', `${register} has a column already`);
    seen.add(place);
    return place;
  });
  return { places, diagnostics };
}

/** Reads a file of rows, piece by piece. What is wrong with it stands in {@link diagnostics} when it is over. */
export class RowFileReader {
  readonly diagnostics: Diagnostic[] = [];
  #places: readonly number[] = [];
  #cpus = 1;

  #fail(where: string, message: string): void {
    this.diagnostics.push({ code: 'bad-rows', severity: 'error', where, message });
  }

  #readHeader(line: Uint8Array): boolean {
    const reader = new JsonReader();
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(line));
    } catch {
      value = undefined;
    }
    const header = reader.object('', value);
    if (header?.armlens !== 'rows') this.#fail('line 1', 'the file does not begin with {"armlens":"rows","version":1,"columns":[…]}');
    else if (header.version !== VERSION)
      this.#fail('line 1', `version ${JSON.stringify(header.version)} of the form is not known; ${VERSION} is`);
    else {
      this.#cpus = reader.integer('cpus', header.cpus, 1, MAX_CPUS) ?? 1;
      const names = Array.isArray(header.columns) && header.columns.every((name) => typeof name === 'string') ? header.columns : undefined;
      if (names === undefined || names.length === 0) reader.fail('columns', 'an array of register names', header.columns);
      const columns = rowColumns((names ?? []) as string[]);
      this.#places = columns.places;
      for (const { path, message } of reader.problems) this.#fail(`line 1, ${path}`, message);
      this.diagnostics.push(...columns.diagnostics);
    }
    return this.diagnostics.every(({ severity }) => severity !== 'error');
  }

  /** The whole systems in some bytes. */
  #block(bytes: Uint8Array): RowBlock {
    const systems = Math.floor(bytes.length / this.#systemBytes);
    const count = systems * this.#cpus;
    const rows = new BigUint64Array(count * ROW_REGISTERS.length);
    const places = this.#places;
    if (places.length === ROW_REGISTERS.length && places.every((place, column) => place === column)) {
      new Uint8Array(rows.buffer).set(bytes.subarray(0, rows.byteLength));
      return { rows, systems, cpus: this.#cpus };
    }
    const halves = new Int32Array(rows.buffer);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    for (let row = 0; row < count; row++)
      for (let column = 0; column < places.length; column++, at += 8) {
        const place = places[column]!;
        if (place < 0) continue;
        halves[(row * ROW_REGISTERS.length + place) * 2] = view.getInt32(at, true);
        halves[(row * ROW_REGISTERS.length + place) * 2 + 1] = view.getInt32(at + 4, true);
      }
    return { rows, systems, cpus: this.#cpus };
  }

  get #systemBytes(): number {
    return this.#places.length * 8 * this.#cpus;
  }

  /** The blocks of a file, in order and in bounded memory. */
  async *read(source: AsyncIterable<Uint8Array>): AsyncGenerator<RowBlock> {
    let rest: Uint8Array = new Uint8Array(0);
    let begun = false;
    let systems = 0;
    for await (const chunk of source) {
      rest = joined(rest, chunk);
      if (!begun) {
        const end = rest.indexOf(LINE_FEED);
        if (end === -1 && rest.length <= LONGEST_HEADER) continue;
        if (!this.#readHeader(rest.subarray(0, end === -1 ? 0 : end))) return;
        begun = true;
        rest = rest.subarray(end + 1);
      }
      const most = Math.max(1, Math.floor(BLOCK / this.#cpus)) * this.#systemBytes;
      while (rest.length >= this.#systemBytes) {
        const piece = rest.subarray(0, Math.min(most, rest.length - (rest.length % this.#systemBytes)));
        const block = this.#block(piece);
        systems += block.systems;
        yield block;
        rest = rest.subarray(piece.length);
      }
    }
    if (!begun) this.#readHeader(rest);
    else if (rest.length > 0)
      this.#fail(`system ${systems}`, `the file ends within it: ${rest.length} of ${this.#systemBytes} bytes are there`);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
