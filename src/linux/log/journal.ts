import type { Truth } from '../../logic/truth.ts';
import type { SeenLine } from '../../silicon/seen.ts';
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

/** What the text of a line tells, but for the CPU: some name it, some only come about on one. */
function saysOf({ phase: _, source: __, cpu: ___, erratum: ____, ...said }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)),
    (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
  );
}

/**
 * Tells of lines whether they stand in a log that was seen.
 *
 * @param ofAny - Whether a line that names no CPU stands for one of any.
 */
export function seenIn(lines: readonly SeenLine[], ofAny = false): (event: SeenLine) => boolean {
  const cpus = new Map<string, Set<number | undefined>>();
  for (const line of lines) {
    const key = saysOf({ ...line });
    cpus.set(key, (cpus.get(key) ?? new Set()).add(line.cpu));
  }
  return (event) => {
    const on = cpus.get(saysOf({ ...event }));
    return on !== undefined && (on.has(undefined) || on.has(event.cpu) || (ofAny && event.cpu === undefined));
  };
}

/**
 * What several ways of a boot printed, as one: a line that every way printed is certain, every other one may or may not stand there.
 *
 * @param certain - False if there are more ways than these, so that no line is certain.
 */
export function joinEntries(ways: readonly (readonly JournalEntry[])[], certain: boolean): readonly JournalEntry[] {
  if (ways.length === 1 && certain) return ways[0]!;
  if (ways.every((entries) => entries.length === 0)) return [];
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

  /** Prints again what was printed of a CPU from a line on, of another one. */
  repeat(from: number, to: number, cpu: number, other: number): void {
    for (const { event, open } of this.#entries.slice(from, to))
      this.#entries.push({ event: event.cpu === cpu ? { ...event, cpu: other } : event, open });
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

  /** Settles lines of which it is not known whether they were printed, as far as somebody knows. */
  settle(wasPrinted: (event: LogEvent) => Truth): void {
    this.#entries = this.#entries.flatMap((entry) => {
      if (!entry.open) return [entry];
      const printed = wasPrinted(entry.event);
      return printed === false ? [] : [printed ? { ...entry, open: false } : entry];
    });
  }

  /** A line that is printed once, on whichever CPU: where one of several is certain, it stands once, and of no CPU. */
  joinRepeated(isOnce: (event: LogEvent) => boolean): void {
    const kept = new Map<string, JournalEntry[]>();
    for (const entry of this.#entries) {
      if (!isOnce(entry.event)) continue;
      const key = saysOf({ ...entry.event });
      kept.set(key, [...(kept.get(key) ?? []), entry]);
    }
    for (const [first, ...others] of kept.values()) {
      if (others.length === 0 || [first!, ...others].every(({ open }) => open)) continue;
      const { cpu: _, ...event } = first!.event;
      this.#entries = this.#entries
        .filter((entry) => !others.includes(entry))
        .map((entry) => (entry === first ? { event, open: false } : entry));
    }
  }

  /** Keeps lines; as open ones if `open`. */
  add(entries: readonly JournalEntry[], open: boolean): void {
    for (const entry of entries) this.#entries.push(open ? { ...entry, open } : entry);
  }
}
