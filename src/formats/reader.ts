import type { Capture } from '../answers/capture.ts';
import type { Parsed } from '../diagnostic.ts';
import type { LineCount } from './line-account.ts';

export type { Capture } from '../answers/capture.ts';

/** What a reader made of a text. */
export interface ReadCapture extends Parsed<Capture> {
  /** What became of each line; absent where the format has no lines, as JSON. */
  readonly lines?: LineCount;
  /** Set where another system than Linux tells it: macOS, a BSD. */
  readonly isElsewhere?: true;
}

/** What is known of a text besides its content. */
export interface ReaderHint {
  /** The name of the file. */
  readonly name?: string;
  /** The folder that a list of names is of, where a prompt or the command tells. */
  readonly folder?: string;
  /** The last line, from 1 on, if not even its end follows: a text may be cut within it. */
  readonly openAt?: number;
}

/**
 * A form in which people have facts about a machine. A reader never throws, takes time in proportion to the text, and tells of
 * everything that it did not understand.
 */
export interface Reader {
  /** In kebab case, as `--from` takes it: `cpuinfo`. */
  readonly name: string;
  /** What it is called in a sentence: `/proc/cpuinfo`. */
  readonly title: string;
  /** How sure it is that a text is of this form, 0 (is not) to 1 (can be nothing else). Only the head of the text is passed in. */
  recognise(head: string): number;
  /** Reads a text that it recognises. */
  read(text: string, hint?: ReaderHint): ReadCapture;
  /** The same for forms that are bytes, not text. Absent for those that are text. */
  readonly bytes?: {
    /** How certain the form is, 0 to 1, by the first bytes. */
    recognise(head: Uint8Array): number;
    /** Reads what it recognises. */
    read(bytes: Uint8Array): ReadCapture;
  };
}
