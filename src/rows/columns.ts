import { ArmlensError } from '../errors.ts';
import { ROW_HALVES } from './generated/row-layout.ts';
import { ROW_COLUMNS } from './pack-row.ts';
import { expectCount, expectLength, type Words, WordViews } from './words.ts';

/**
 * Registers of many CPUs as columns: by name of the register, a word of 64 bits a CPU. One that is absent reads as zero on all of them.
 */
export type RegisterColumns = Readonly<Record<string, Words>>;

/** Rows that are filled at a time, where nothing works on columns themselves. */
const CHUNK = 256;

/** Columns as pairs of 32 bits, each at its place in a row. */
export class ColumnViews {
  readonly #views = new Map<number, WordViews>();

  /**
   * Views columns.
   *
   * @throws {ArmlensError} `bad-value` if a column is too short, or is of no register that rows have.
   */
  of(columns: RegisterColumns, count: number): ReadonlyMap<number, Int32Array> {
    expectCount('count', count, 0);
    const found = new Map<number, Int32Array>();
    for (const name of Object.keys(columns)) {
      const place = ROW_COLUMNS.get(name);
      if (place === undefined) throw new ArmlensError('bad-value', `columns has ${name}, which is no register of a row`);
      const views = this.#views.get(place) ?? new WordViews();
      this.#views.set(place, views);
      const view = views.of(columns[name]!);
      expectLength(name, view, count * 2);
      found.set(place, view);
    }
    return found;
  }
}

/** Hands columns on as rows, some at a time. */
export function eachRows(
  columns: ReadonlyMap<number, Int32Array>,
  count: number,
  use: (rows: Int32Array, from: number, count: number) => void,
): void {
  const rows = new Int32Array(CHUNK * ROW_HALVES);
  for (let from = 0; from < count; from += CHUNK) {
    const some = Math.min(CHUNK, count - from);
    for (const [place, view] of columns) {
      let at = place * 2;
      for (let i = from * 2; i < (from + some) * 2; i += 2, at += ROW_HALVES) {
        rows[at] = view[i]!;
        rows[at + 1] = view[i + 1]!;
      }
    }
    use(rows, from, some);
  }
}
