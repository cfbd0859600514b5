/** Runs the ways of doing one thing side by side, round by round, and gives what each costs. */
import { createRequire } from 'node:module';
import type { NativePrograms } from './native/program.ts';
import type { Plan } from './plan.ts';

/**
 * Loaded as CommonJS on purpose. Imported, it would be searched for exports by a WebAssembly module of Node's whose memory grows; and
 * from the first buffer on that a process detaches, V8 checks every access to typed arrays. Code that lives on them then takes 1.4
 * times as long.
 */
const b = createRequire(import.meta.url)('benny') as typeof import('benny');

/** One way of doing it, in this process. */
export interface Way {
  readonly name: string;
  /** Does it; the number depends on the result, so that no part of the work can be left out. */
  run(): number;
}

/** A way in a process of its own. */
export interface NativeWay {
  readonly name: string;
  /** Measures it, and gives the seconds of one call. */
  seconds(): number;
}

/** How suites are run, and what they share. */
export interface Settings {
  /** Whether it only has to work, and its figures mean nothing. */
  readonly smoke: boolean;
  readonly plan: Plan;
  readonly native: NativePrograms;
}

/** What a suite found: seconds an operation, way by way. */
export type Costs = ReadonlyMap<string, number>;

/** Rounds in which all ways take turns; what counts is the median over them. */
const ROUNDS = 3;

/** Fails unless two ways give the same, so that no figure compares different things. */
export function expectEqual(what: string, ours: unknown, theirs: unknown): void {
  const [a, c] = [ours, theirs].map((value) =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString(16) : part)),
  );
  if (a !== c) throw new Error(`${what}: the ways do not agree\n  ${a}\n  ${c}`);
}

/** Fails unless two ways give the same words. */
export function expectWords(what: string, ours: BigUint64Array, theirs: BigUint64Array): void {
  const at = ours.length === theirs.length ? ours.findIndex((word, i) => word !== theirs[i]) : Math.min(ours.length, theirs.length);
  if (at === -1) return;
  throw new Error(`${what}: the ways do not agree at word ${at}: 0x${ours[at]?.toString(16)}, 0x${theirs[at]?.toString(16)}`);
}

/** The value below which a share of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, c) => a - c)[Math.floor(values.length * share)]!;
}

/** The tenth percentile of short samples, way by way: the machine's own pace, without what else runs on it. */
async function round(name: string, ways: readonly Way[], smoke: boolean): Promise<readonly number[]> {
  let sum = 0;
  const options = smoke
    ? { minSamples: 1, maxTime: 0.005, minTime: 0.0005, initCount: 1 }
    : { minSamples: 8, maxTime: 0.25, minTime: 0.002, delay: 0.001, initCount: 1 };
  const cases = ways.map((way) => {
    const call = (): void => {
      sum += way.run();
    };
    return b.add(way.name, call, options);
  });
  const { results } = await b.suite(name, ...cases);
  if (Number.isNaN(sum)) throw new Error(`${name}: a way gave no number`);
  return results.map(({ details }) => quantile(details.sampleResults, 0.1));
}

/**
 * Runs a suite.
 *
 * @param operations - How many operations one call of a way does; its cost is divided by it.
 */
export async function compare(
  name: string,
  operations: number,
  ways: readonly Way[],
  { smoke }: Settings,
  natives: readonly NativeWay[] = [],
): Promise<Costs> {
  const found = new Map([...ways, ...natives].map((way) => [way.name, [] as number[]]));
  for (let i = 0; i < (smoke ? 1 : ROUNDS); i++) {
    for (const way of natives) found.get(way.name)!.push(way.seconds());
    const seconds = ways.length === 0 ? [] : await round(name, ways, smoke);
    for (const [j, way] of ways.entries()) found.get(way.name)!.push(seconds[j]!);
  }
  return new Map([...found].map(([way, seconds]) => [way, quantile(seconds, 0.5) / operations]));
}
