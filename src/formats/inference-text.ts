import { composeMidr } from '../silicon/midr.ts';
import { parseCpuinfo } from './cpuinfo.ts';

/** What a text tells of a Features line: its names, and what stands around it. */
export interface InferenceText {
  /** As printed, the order kept; of several lines the commonest. */
  readonly names: readonly string[];
  /** MIDR_EL1 of the CPUs, each once; empty if the text does not tell. */
  readonly midrs: readonly bigint[];
  /** Lines that other CPUs have. */
  readonly otherLines: readonly (readonly string[])[];
}

/** Counts equal lines; the commonest comes first. */
function byCount(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.join(' '), (counts.get(line.join(' ')) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([line]) => line.split(' ').filter(Boolean));
}

function readBareLine(text: string): InferenceText {
  const line = text.split(/\r?\n/).find((one) => /^\s*(features|flags)\s*:/i.test(one)) ?? text;
  const names = line.replace(/^\s*(features|flags)\s*:/i, '').split(/[\s,]+/);
  return { names: names.filter(Boolean), midrs: [], otherLines: [] };
}

/** Reads /proc/cpuinfo, `lscpu` output, a Features line with its head, or bare names. Nothing is refused. */
export function readInferenceText(text: string): InferenceText {
  if (!/^\s*(processor|cpu implementer)\s*:/im.test(text)) return readBareLine(text);
  // A listing of one CPU may lack its head.
  const read = parseCpuinfo(text).value;
  const entries = read.length > 0 ? read : parseCpuinfo(`processor : 0\n${text}`).value;
  const [names = [], ...otherLines] = byCount(entries.map(({ features }) => features).filter((line) => line.length > 0));
  const midrs = entries.flatMap(({ implementer, part, variant = 0, revision = 0 }) =>
    implementer === undefined || part === undefined ? [] : [composeMidr({ implementer, part, variant, revision })],
  );
  return { names, midrs: [...new Set(midrs)], otherLines };
}
