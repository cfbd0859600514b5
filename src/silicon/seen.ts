import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import type { FieldSet } from '../bits/partial-word.ts';

/** Stands for a kernel that is no other. */
export const UNKNOWN_RELEASE = 'unknown';

/** A line of a log as data. */
export interface SeenLine {
  /** What kind of line it is. */
  readonly code: string;
  /** The CPU that it names; absent = it names none. */
  readonly cpu?: number;
  /** The vector extension that it names; absent = it names none. */
  readonly extension?: 'SVE' | 'SME';
}

/**
 * What a kernel was seen to make of a machine: its outputs, as texts hold them. They say something of the registers behind them, as far
 * as the kernel's rules lead back.
 */
export interface Seen {
  /** The release of the kernel that printed it. Absent: the kernel that is asked about. */
  readonly release?: string;
  /** Whether that release is a likely one, which nothing tells: an older kernel may have printed it, which does not know all names. */
  readonly isLikely?: true;
  /** How that kernel was configured, and its command line, where they are told: under others it may make something else. */
  readonly config?: string | Readonly<Record<string, string>>;
  readonly cmdline?: string;
  /** The names of a Features line of a 64-bit program. Absent: no such line. */
  readonly hwcaps?: readonly string[];
  /** Whether these are only some of the names, so that one that is missing says nothing. */
  readonly isPart?: true;
  /** Names of which one that is missing says nothing. Absent: none. */
  readonly untold?: readonly string[];
  /**
   * The values that fields may have over all CPUs, by path, whichever kernel printed what was seen: bit `v` is set if `v` is possible.
   * Absent: nothing is told of fields.
   */
  readonly fields?: ReadonlyMap<string, FieldSet>;
  /** Architecture features that a text says to be there, or not, by their own names. Absent: it speaks of none. */
  readonly archFeatures?: ReadonlyMap<ArchFeatureName, boolean>;
  /** The indices of the CPUs that came up. Absent: not told. */
  readonly online?: readonly number[];
  /** Whether other CPUs may have come up, too: the text is an excerpt. */
  readonly mayBeMore?: boolean;
  /** What the log calls the capabilities that it reports. Absent: no log. */
  readonly detected?: readonly string[];
  /** Whether the log is whole, so that what it does not report was not found. */
  readonly isWholeLog?: boolean;
  /** What its lines about CPUs say, each as data: a code, and what it is filled in with. Absent: no log. */
  readonly lines?: readonly SeenLine[];
  /** Whether the log complains of CPUs that differ where they should not. */
  readonly varies?: boolean;
}
