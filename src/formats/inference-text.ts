import type { Capture, CapturedHwcaps } from '../answers/capture.ts';
import { capturedLine, capturedMidrs } from '../answers/check-capture.ts';
import type { InferGiven } from '../answers/infer/given.ts';
import { namesOfLines } from '../answers/infer/line.ts';
import { capturedKernel } from '../answers/machine-of-capture.ts';
import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';
import { readAny } from './read-any.ts';

/** What a text tells of a Features line: its names, and what stands around it. */
export interface InferenceText {
  /** As printed, the order kept; of several lines the commonest. Empty if the text has none. */
  readonly names: readonly string[];
  /** What it says besides, but its kernel. */
  readonly given: Pick<InferGiven, 'midrs' | 'implementer' | 'otherLines' | 'isPart' | 'untold'>;
  /** The kernel that the text names. */
  readonly kernel?: Partial<Kernel>;
}

/** Counts equal lines; the commonest comes first. */
function byCount(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.join(' '), (counts.get(line.join(' ')) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([line]) => line.split(' ').filter(Boolean));
}

/** What a capture tells of a Features line: of /proc/cpuinfo, else of whatever else lists hwcaps. */
export function inferenceTextOf(capture: Capture): InferenceText {
  const rows = [...(capture.cpuinfo ?? []), ...(capture.cpuinfo32 ?? [])];
  const whole = rows.filter(({ features, isPart }) => features.length > 0 && !isPart);
  const [line, ...otherLines] = byCount(whole.map(({ features }) => features));
  const cut = rows.find(({ isPart }) => isPart);
  const rest = capturedLine(capture) ?? (cut === undefined ? capture.compat : { names: cut.features, isPart: true });
  const { names = [], isPart, untold }: CapturedHwcaps = line === undefined ? (rest ?? {}) : { names: line };
  const known = { midrs: capturedMidrs(capture), ...given({ isPart, untold, implementer: capture.implementer }) };
  return {
    names,
    given: otherLines.length === 0 ? known : { ...known, otherLines },
    ...given({ kernel: capturedKernel(capture) }),
  };
}

/** The share of words that must be names of hwcaps for bare words to be taken for a list of them. */
const SHARE = 0.5;

/** Words that a person gives as names, with or without the head of the line. */
export function bareNames(text: string): readonly string[] {
  return text
    .replace(/^\s*(?:features|flags)\s*:/i, '')
    .split(/[\s,]+/)
    .filter(Boolean);
}

/**
 * Reads a text of any form that tells of a Features line, or bare names. A text that has none gives no names: words are taken for names
 * only where most of them are.
 *
 * @example
 * ```js
 * (await readInferenceText('fp asimd evtstrm crc32 cpuid')).names.length // → 5
 * ```
 */
export async function readInferenceText(text: string): Promise<InferenceText> {
  const read = inferenceTextOf((await readAny(text)).value);
  if (read.names.length > 0) return read;
  const words = bareNames(text);
  const known = namesOfLines();
  const isList = words.length > 0 && words.filter((word) => known.has(word)).length >= words.length * SHARE;
  return isList ? { ...read, names: words } : read;
}
