import type { Capture } from '../capture.ts';
import type { Evidence, LogLine, Remark } from './listings.ts';

/** What a finding is about. */
export type FindingTopic = 'firmware' | 'cpu' | 'virtualisation' | 'platform' | 'devices';

/** One thing that a capture shows. */
export interface Finding {
  readonly topic: FindingTopic;
  /** Stable name, such as `psci-version`. */
  readonly id: string;
  /** Such as `yes`, `1.1` or `HVC`. */
  readonly value: string | number | boolean;
  /** One sentence. */
  readonly says: string;
  /** Whether it was read, follows from something that was read, or is only said in a person's words around the listings. */
  readonly basis: 'read' | 'inferred' | 'said';
  /** What it means, or what is to be kept in mind. */
  readonly note?: string;
  readonly evidence: readonly Evidence[];
}

/** The first message of the kernel that matches, with what the groups matched. */
export function findMessage(
  { messages: log }: Capture,
  pattern: RegExp,
): { readonly line: LogLine; readonly groups: readonly string[] } | undefined {
  for (const line of log?.rows ?? []) {
    const match = pattern.exec(line.text);
    if (match !== null) return { line, groups: match.slice(1).map((group) => group ?? '') };
  }
  return undefined;
}

/** Evidence of the first names in listings of folders that match; the folder, if it is listed with one, must match too. */
export function findEntries({ folders }: Capture, name: RegExp, folder: RegExp = /(?:)/): readonly Evidence[] {
  return (folders?.rows ?? []).filter((entry) => name.test(entry.name) && folder.test(entry.folder ?? '')).map(({ at }) => at);
}

/** The first remark of a person on a subject. */
export function findRemark({ remarks }: Capture, subject: Remark['subject']): Remark | undefined {
  return remarks?.rows.find((row) => row.subject === subject);
}
