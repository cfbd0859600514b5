import type { ErrataTakings } from './errata.ts';
import { AARCH32_FROM, AARCH32_TO, ROW_HALVES, ROW_REGISTERS } from './generated/row-layout.ts';
import { LANES, VECTOR_KERNEL } from './generated/vector-kernel.ts';
import type { MergeRules } from './merge.ts';
import type { MergeMasks, WideField } from './merge-masks.ts';
import { HWCAP_HALVES } from './slots.ts';
import type { NibbleTables } from './tables.ts';
import { CHUNK, COLUMN_CHUNK, memoryMap, RULE_MASKS, WIDE_BYTES, WIDE_LIMIT, WIDE_LISTS } from './vector-memory.ts';

/** A look-up of the vector kernel: four bits of sixteen registers at once, for a byte of the result. */
export interface Lane {
  /** The register, as its place in a row. */
  readonly column: number;
  readonly nibble: number;
  /** The byte of the result, 0 to 23. */
  readonly plane: number;
  readonly level: number;
}

/** What the module exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  derive(rows: number, out: number, count: number, flags: number): void;
  deriveColumns(columns: number, out: number, count: number, flags: number, given: number): void;
  mergeRow(system: number, cpu: number): void;
  sanitise(rows: number, out: number, systems: number, cpus: number, idc: number, initial: number, updates: number): void;
}

const MAP = memoryMap(ROW_REGISTERS.length, LANES.length);
const MIDR = ROW_REGISTERS.indexOf('MIDR_EL1');
const REVIDR = ROW_REGISTERS.indexOf('REVIDR_EL1');
/** The columns that hwcaps follow from, and who the CPU is. */
const READ_COLUMNS: readonly number[] = [...new Set(LANES.map(({ column }) => column)), MIDR];
const PLANES_BYTES = 128;
const ROW_BYTES = ROW_HALVES * 4;
/** Rows that the deriver takes at once. */
const LANE_COUNT = 16;
/** Words of 32 bits that are not worth a view. */
const FEW = 4 * ROW_HALVES;
/** Views that are kept. */
const MANY = 64;
const UPDATES = ['always', 'cpu-el0', 'cpu-and-system-el0', 'system-el0'] as const;
const CTR_AT = AARCH32_TO * 8;

let compiled: WebAssembly.Module | undefined;

function vectorModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(VECTOR_KERNEL.match(/../g)!, (digits) => Number.parseInt(digits, 16)));
  return compiled;
}

/** The tables of the look-ups, 16 bytes each: the byte of the result that each value of four bits speaks for. */
function laneTables({ tables, open }: NibbleTables): Uint8Array {
  const all = new Uint8Array(LANES.length * 16);
  const opened = new Set<string>();
  LANES.forEach(({ column, nibble, plane, level }, i) => {
    const [half, shift] = [plane >> 2, (plane & 3) * 8];
    const own = tables.find(
      (table) => table.register === ROW_REGISTERS[column] && table.nibble === nibble && table.half === half && table.level === level,
    );
    const key = `${plane} ${level}`;
    const base = opened.has(key) ? 0 : open[level]![half]! >>> shift;
    opened.add(key);
    for (let value = 0; value < 16; value++) all[i * 16 + value] = ((own?.bits[value] ?? 0) >>> shift) | base;
  });
  return all;
}

function listOf({ column }: WideField): (typeof WIDE_LISTS)[number] {
  if (column < AARCH32_FROM) return 'aarch64';
  return column < AARCH32_TO ? 'aarch32' : 'ctr';
}

/**
 * Copies words from one array after the other: many at once, few one by one, since a view costs more than they do. Views are kept for
 * the array that was copied from last, so that working on it again and again makes no garbage.
 */
class Copier {
  #source: Int32Array | undefined;
  readonly #views = new Map<number, Int32Array>();

  #view(source: Int32Array, from: number, halves: number): Int32Array {
    if (halves === source.length) return source;
    if (source !== this.#source || this.#views.size > MANY) {
      this.#source = source;
      this.#views.clear();
    }
    const known = this.#views.get(from);
    if (known?.length === halves) return known;
    const view = source.subarray(from, from + halves);
    this.#views.set(from, view);
    return view;
  }

  copy(source: Int32Array, from: number, target: Int32Array, to: number, halves: number): void {
    if (halves > FEW) target.set(this.#view(source, from, halves), to);
    else for (let i = 0; i < halves; i++) target[to + i] = source[from + i]!;
  }
}

/** The vector unit's way to derive and to merge: a WebAssembly module whose memory holds the tables of one kernel. */
export class VectorKernel {
  readonly #exports: Exports;
  readonly #rules: MergeRules;
  readonly #errata: ErrataTakings;
  #halves: Int32Array;
  readonly #into = new Copier();
  readonly #outOf = new Copier();
  readonly #ofColumn = READ_COLUMNS.map(() => new Copier());
  /** The columns of which the kernel makes anything. */
  readonly #matter: ReadonlySet<number>;
  readonly #row = new Int32Array(ROW_HALVES);

  constructor(tables: NibbleTables, masks: MergeMasks, rules: MergeRules, errata: ErrataTakings) {
    this.#exports = new WebAssembly.Instance(vectorModule()).exports as unknown as Exports;
    this.#rules = rules;
    this.#errata = errata;
    const names: readonly string[] = ROW_REGISTERS;
    this.#matter = new Set([...tables.tables.map(({ register }) => names.indexOf(register)), MIDR]);
    const { buffer } = this.#exports.memory;
    this.#halves = new Int32Array(buffer);
    new Uint8Array(buffer).set(laneTables(tables), MAP.lanes);
    this.#writeMasks(new DataView(buffer), masks);
    const [first, second] = errata.implementers;
    const named = new Uint8Array(buffer, MAP.implementers, 32);
    named.fill(first, 0, 16).fill(second, 16);
  }

  #writeMasks(view: DataView, { columns, wide }: MergeMasks): void {
    columns.forEach((masks, column) => {
      if (masks === undefined) return;
      for (const name of RULE_MASKS) view.setBigUint64(MAP.masks[name] + column * 8, masks[name], true);
    });
    for (const list of WIDE_LISTS) {
      const fields = wide.filter((field) => listOf(field) === list);
      if (fields.length > WIDE_LIMIT) throw new Error(`more than ${WIDE_LIMIT} wide fields`);
      fields.forEach(({ column, mask, safe }, i) => {
        const at = MAP.wide[list] + i * WIDE_BYTES;
        view.setInt32(at, column * 8 - (list === 'ctr' ? CTR_AT : 0), true);
        view.setBigUint64(at + 8, mask, true);
        view.setBigUint64(at + 16, safe, true);
      });
    }
  }

  /** Makes room for rows and results, and gives the address of the results. */
  #reserve(rowCount: number, outBytes: number): number {
    const { memory } = this.#exports;
    const out = MAP.rows + rowCount * ROW_BYTES;
    const missing = out + outBytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / (1 << 16)));
    if (this.#halves.buffer !== memory.buffer) this.#halves = new Int32Array(memory.buffer);
    return out;
  }

  /** Puts rows into the memory. */
  #putRows(rows: Int32Array, from: number, halves: number): void {
    this.#into.copy(rows, from, this.#halves, MAP.rows >> 2, halves);
  }

  #takeOut(at: number, out: Int32Array, to: number, halves: number): void {
    this.#outOf.copy(this.#halves, at >> 2, out, to, halves);
  }

  /** Derives hwcap words, as `NATIVE` does, and takes from them what errata take. */
  derive(rows: Int32Array, from: number, out: Int32Array, to: number, count: number): void {
    const at = this.#reserve(CHUNK, CHUNK * HWCAP_HALVES * 4);
    for (let done = 0; done < count; done += CHUNK) {
      const some = Math.min(CHUNK, count - done);
      this.#putRows(rows, from + done * ROW_HALVES, some * ROW_HALVES);
      this.#exports.derive(MAP.rows, at, some, MAP.flags);
      this.#takeOut(at, out, to + done * HWCAP_HALVES, some * HWCAP_HALVES);
      this.#applyErrata(rows, from + done * ROW_HALVES, out, to + done * HWCAP_HALVES, some);
    }
  }

  /** Derives hwcap words of registers in columns, by their places in a row; only those that matter are read. */
  deriveColumns(columns: ReadonlyMap<number, Int32Array>, out: Int32Array, count: number): void {
    const at = this.#reserve(0, READ_COLUMNS.length * MAP.columnBytes + COLUMN_CHUNK * (HWCAP_HALVES * 4 + 1));
    const results = at + READ_COLUMNS.length * MAP.columnBytes;
    const flags = results + COLUMN_CHUNK * HWCAP_HALVES * 4;
    const given = READ_COLUMNS.flatMap((place, i) => {
      const view = this.#matter.has(place) ? columns.get(place) : undefined;
      if (view === undefined)
        this.#halves.fill(0, (MAP.planes + place * PLANES_BYTES) >> 2, (MAP.planes + (place + 1) * PLANES_BYTES) >> 2);
      return view === undefined ? [] : [{ place, view, copier: this.#ofColumn[i]! }];
    });
    const bits = given.reduce((found, { place }) => found | (1 << place), 0);
    for (let done = 0; done < count; done += COLUMN_CHUNK) {
      const some = Math.min(COLUMN_CHUNK, count - done);
      for (const { place, view, copier } of given)
        copier.copy(view, done * 2, this.#halves, (MAP.rows + place * MAP.columnBytes) >> 2, some * 2);
      this.#exports.deriveColumns(MAP.rows, results, some, flags, bits);
      this.#takeOut(results, out, done * HWCAP_HALVES, some * HWCAP_HALVES);
      if (columns.has(MIDR)) this.#applyColumnErrata(columns, flags, out, done, some);
    }
  }

  /** Looks at the records whose implementer has errata, 32 flags at a time. */
  #applyColumnErrata(columns: ReadonlyMap<number, Int32Array>, flagsAt: number, out: Int32Array, done: number, count: number): void {
    const [midr, revidr, row] = [columns.get(MIDR)!, columns.get(REVIDR), this.#row];
    for (let base = 0; base < count; base += 32) {
      let flags = this.#halves[(flagsAt + (base >> 3)) >> 2]!;
      for (; flags !== 0; flags &= flags - 1) {
        const at = base + 31 - Math.clz32(flags & -flags);
        if (at >= count) continue;
        const from = (done + at) * 2;
        row[MIDR * 2] = midr[from]!;
        row[MIDR * 2 + 1] = midr[from + 1]!;
        row[REVIDR * 2] = revidr?.[from] ?? 0;
        row[REVIDR * 2 + 1] = revidr?.[from + 1] ?? 0;
        this.#errata.apply(row, 0, out, (done + at) * HWCAP_HALVES, 1, 1);
      }
    }
  }

  /** Looks at the rows whose implementer has errata, 32 flags at a time. */
  #applyErrata(rows: Int32Array, from: number, out: Int32Array, to: number, count: number): void {
    for (let base = 0; base < count; base += 32) {
      let flags = this.#halves[(MAP.flags >> 2) + (base >> 5)]!;
      while (flags !== 0) {
        const row = base + 31 - Math.clz32(flags & -flags);
        if (row < count) this.#errata.apply(rows, from + row * ROW_HALVES, out, to + row * HWCAP_HALVES, 1, 1);
        flags &= flags - 1;
      }
    }
  }

  /** Merges systems of `cpus` rows each, as `Merger.sanitise` does. */
  sanitise(rows: Int32Array, from: number, out: Int32Array, count: number, cpus: number): void {
    const chunk = Math.max(1, Math.floor(CHUNK / cpus));
    const at = this.#reserve(Math.max(CHUNK, chunk * cpus), (chunk + LANE_COUNT) * ROW_BYTES);
    const { effectiveIdc, initialisesAArch32, updatesAArch32 } = this.#rules;
    const updates = UPDATES.indexOf(updatesAArch32);
    for (let done = 0; done < count; done += chunk) {
      const some = Math.min(chunk, count - done);
      this.#putRows(rows, from + done * cpus * ROW_HALVES, some * cpus * ROW_HALVES);
      this.#exports.sanitise(MAP.rows, at, some, cpus, Number(effectiveIdc), Number(initialisesAArch32), updates);
      this.#takeOut(at, out, done * ROW_HALVES, some * ROW_HALVES);
    }
  }

  /** Merges one row into another, every register by its rule, as `Merger.mergeRow` does. */
  mergeRow(system: Int32Array, cpu: Int32Array): void {
    const at = this.#reserve(CHUNK, ROW_BYTES);
    this.#putRows(cpu, 0, ROW_HALVES);
    this.#into.copy(system, 0, this.#halves, at >> 2, ROW_HALVES);
    this.#exports.mergeRow(at, MAP.rows);
    this.#takeOut(at, system, 0, ROW_HALVES);
  }
}
