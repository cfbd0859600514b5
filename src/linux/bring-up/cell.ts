import type { OpenReader } from './reader.ts';

/** Something that a boot remembers, of which more than one value may be possible. */
export class Cell<T extends string | number | boolean | object | undefined> {
  /** Every value that it may have; one if it is known. */
  values: readonly T[];
  readonly #reader: OpenReader;

  constructor(reader: OpenReader, initial: T) {
    this.#reader = reader;
    this.values = [initial];
  }

  /** Its value; of several, each has its turn, and is then the only one on that way. */
  get(): T {
    if (this.values.length > 1) this.values = [this.values[this.#reader.paths.choose(this.values.length)]!];
    return this.values[0]!;
  }

  set(value: T): void {
    this.values = [value];
  }

  /** Takes the values of several ways together. */
  join(ways: readonly (readonly T[])[]): void {
    const [first] = ways;
    // Few steps set it, and the others leave it as it was.
    if (first !== undefined && ways.every((values) => values === first)) {
      this.values = first;
      return;
    }
    const distinct = new Map(ways.flat().map((value) => [JSON.stringify(value) ?? '', value]));
    this.values = [...distinct.values()];
  }
}
