/** A line of JSON whose first member is its id. */
export interface NamedLine {
  /** The id as it is written. */
  readonly id: string;
  /** All that follows it. */
  readonly rest: string;
}

/** Ids that mean nothing but themselves, wherever they stand. */
const BEGINNING = /^\{[ \t]*"id"[ \t]*:[ \t]*("[\w .:/@+-]{0,200}"|0|[1-9]\d{0,14})[ \t]*(?=,)/;

/** Takes the id off a line; `undefined` if it does not begin with one. */
export function namedLine(line: string): NamedLine | undefined {
  const found = BEGINNING.exec(line);
  return found === null ? undefined : { id: found[1]!, rest: line.slice(found[0].length) };
}

/** How many characters of lines are kept. */
const MOST_KEPT = 1 << 24;

/**
 * What was made of lines, for those that are equal but for the id. Machines of a fleet are of few kinds, and what is made of one is the same
 * for the next, whatever that one is called. Those that were asked for last are kept.
 */
export class AlikeLines<T> {
  readonly #kept = new Map<string, { readonly value: T; readonly size: number; checked: boolean }>();
  readonly #most: number;
  #size = 0;

  constructor(most: number = MOST_KEPT) {
    this.#most = most;
  }

  /** What was kept for a line; `undefined` if nothing was. */
  get({ rest }: NamedLine): T | undefined {
    const found = this.#kept.get(rest);
    if (found === undefined) return undefined;
    this.#kept.delete(rest);
    if (!found.checked && !hasOneId(rest)) {
      this.#size -= found.size;
      return undefined;
    }
    found.checked = true;
    this.#kept.set(rest, found);
    return found.value;
  }

  /**
   * Keeps what was made of a line.
   *
   * @param length - How many characters of memory that takes beside the line.
   */
  keep({ rest }: NamedLine, value: T, length: number): void {
    const size = rest.length + length;
    if (size > this.#most / 4 || this.#kept.has(rest)) return;
    this.#kept.set(rest, { value, size, checked: false });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= this.#most) return;
      this.#kept.delete(oldest);
      this.#size -= freed;
    }
  }
}

/** Whether a line is JSON, and has no other id further on, which would count instead. */
function hasOneId(rest: string): boolean {
  try {
    return (JSON.parse(`{"id":null${rest}`) as { readonly id: unknown }).id === null;
  } catch {
    return false;
  }
}
