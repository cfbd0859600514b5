import type { LogEvent } from './log-event.ts';

/** A line, and whether it is not known if it was printed. */
export interface JournalEntry {
  readonly event: LogEvent;
  readonly open: boolean;
}

/** What tells one line from another. */
export function keyOf(event: LogEvent): string {
  return JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

/**
 * What several ways of a boot printed, as one: a line that every way printed is certain, every other one may or may not stand there.
 *
 * @param certain - False if there are more ways than these, so that no line is certain.
 */
export function joinEntries(ways: readonly (readonly JournalEntry[])[], certain: boolean): readonly JournalEntry[] {
  if (ways.length === 1 && certain) return ways[0]!;
  const keyed = ways.map((entries) => entries.map((entry) => ({ ...entry, key: keyOf(entry.event) })));
  const sure = keyed.map((entries) => new Set(entries.filter(({ open }) => !open).map(({ key }) => key)));
  const joined = new Map<string, JournalEntry>();
  for (const { key, event } of keyed.flat()) {
    if (!joined.has(key)) joined.set(key, { event, open: !(certain && sure.every((keys) => keys.has(key))) });
  }
  return [...joined.values()];
}

/** What a kernel printed, line by line. */
export class Journal {
  #entries: JournalEntry[] = [];

  /** Every line so far, in order. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  print(event: LogEvent, open: boolean): void {
    this.#entries.push({ event, open });
  }

  /** Runs something and gives what it printed, which is then not kept. */
  apart(piece: () => void): readonly JournalEntry[] {
    const outer = this.#entries;
    this.#entries = [];
    try {
      piece();
      return this.#entries;
    } finally {
      this.#entries = outer;
    }
  }

  /** Keeps lines; as open ones if `open`. */
  add(entries: readonly JournalEntry[], open: boolean): void {
    for (const entry of entries) this.#entries.push(open ? { ...entry, open } : entry);
  }
}
