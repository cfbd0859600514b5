import type { CpuinfoEntry } from '../../process/cpuinfo.ts';
import type { GccDriver } from './driver-tables.ts';

/** What GCC's driver takes from /proc/cpuinfo. */
export interface SeenCores {
  readonly implementer: number;
  /** Each once, in the order of the blocks; one or two. */
  readonly parts: readonly number[];
  readonly variants: readonly number[];
}

/**
 * Collects values, each once, as long as there is room. A new one is compared with the first two only, so one that comes later and
 * twice takes two places.
 *
 * @returns `undefined` if the room does not suffice.
 */
function collect(values: readonly number[], room: number): readonly number[] | undefined {
  const found: number[] = [];
  for (const value of values) {
    if (found.slice(0, 2).includes(value)) continue;
    if (found.length === room) return undefined;
    found.push(value);
  }
  return found;
}

/** The number that stands for no implementer; one that has it is none. */
const NO_IMPLEMENTER = 0xff;

/** The cores, if the driver understands them; else it drops the option. */
export function seenCores(cpuinfo: readonly CpuinfoEntry[], { room, anyVariant }: GccDriver): SeenCores | undefined {
  const [implementer, ...others] = new Set(cpuinfo.flatMap(({ implementer: id }) => id ?? []));
  const parts = collect(
    cpuinfo.flatMap(({ part }) => part ?? []),
    room,
  );
  const variants = collect(
    cpuinfo.flatMap(({ variant }) => variant ?? []),
    room,
  );
  if (implementer === undefined || implementer === NO_IMPLEMENTER || others.length > 0 || parts === undefined || variants === undefined)
    return undefined;
  if (parts.length === 0 || parts.length > 2) return undefined;
  if (parts.length === 1 && variants.length !== 1 && !anyVariant) return undefined;
  return { implementer, parts, variants };
}

const HEAD = 'Features\t: ';

/**
 * The words of the Features line as the driver reads them. One that reads in pieces loses the last character of each piece that is
 * followed by another, and with it a word, or two if it was the space between them.
 */
export function featureWords(features: readonly string[], { piece }: GccDriver): ReadonlySet<string> {
  if (piece === undefined) return new Set(features);
  const line = `${HEAD}${features.join(' ')}\n`;
  const read = [...line].filter((_, i) => (i + 1) % piece !== 0 || i + 1 === line.length);
  return new Set(read.join('').slice(HEAD.length).split(/\s+/).filter(Boolean));
}
