import { CAPABILITY_ROWS } from './history.ts';
import type { CapabilityRow } from './rows.ts';

/** What releases call a capability in their log. */
export function descriptionsOf(row: CapabilityRow): readonly string[] {
  return [row, ...(row.changes ?? [])].flatMap(({ description }) => description ?? []);
}

let all: ReadonlySet<string> | undefined;

/** What a capability is called of which a mail or a terminal left the beginning, if that is clear; else the text itself. */
export function wholeDescription(text: string): string {
  all ??= new Set(CAPABILITY_ROWS.flatMap(descriptionsOf));
  if (all.has(text)) return text;
  const [whole, ...others] = [...all].filter((one) => one.startsWith(text));
  return whole === undefined || others.length > 0 ? text : whole;
}
