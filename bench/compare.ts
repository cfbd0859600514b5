/** Runs the ways of doing one thing side by side and prints what each costs beside the first. */
import b from 'benny';

/** One way of doing it. */
export interface Way {
  readonly name: string;
  /** Does it; the number depends on the result, so that no part of the work can be left out. */
  run(): number;
}

/** How a suite is run. */
export interface Settings {
  /** Whether it only has to work, and its figures mean nothing. */
  readonly smoke: boolean;
}

/** What a suite found: seconds an operation, way by way. */
export type Costs = ReadonlyMap<string, number>;

/** Fails unless two ways give the same, so that no figure compares different things. */
export function expectEqual(what: string, ours: unknown, theirs: unknown): void {
  const [a, c] = [ours, theirs].map((value) =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString(16) : part)),
  );
  if (a !== c) throw new Error(`${what}: the ways do not agree\n  ${a}\n  ${c}`);
}

/** Writes a duration with three digits and its unit. */
export function formatDuration(seconds: number): string {
  if (seconds < 1e-6) return `${(seconds * 1e9).toPrecision(3)} ns`;
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  return `${(seconds * 1e3).toPrecision(3)} ms`;
}

function formatRatio(ratio: number): string {
  return `× ${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}`;
}

/**
 * Runs a suite.
 *
 * @param operations - How many operations one call of a way does; its cost is divided by it.
 * @param ways - The first is ours; the others are set against it.
 */
export async function compare(name: string, operations: number, ways: readonly Way[], { smoke }: Settings): Promise<Costs> {
  let sum = 0;
  const options = smoke ? { minSamples: 1, maxTime: 0.02, initCount: 1 } : { minSamples: 30, maxTime: 2 };
  const cases = ways.map((way) => {
    const call = (): void => {
      sum += way.run();
    };
    return b.add(way.name, call, options);
  });
  const file = name.replace(/\W+/g, '-');
  const kept = smoke ? [] : [b.save({ file, folder: 'bench/results', details: true })];
  const { results } = await b.suite(name, ...cases, ...kept);
  if (Number.isNaN(sum)) throw new Error(`${name}: a way gave no number`);
  if (smoke) console.log(`  ${ways.length} ways ran`);
  const costs = new Map(results.map((result) => [result.name, result.details.median / operations]));
  if (smoke) return costs;
  const first = costs.get(ways[0]!.name)!;
  const width = Math.max(...ways.map((way) => way.name.length));
  for (const [way, cost] of costs)
    console.log(`  ${way.padEnd(width)}  ${formatDuration(cost).padStart(8)}  ${formatRatio(cost / first).padStart(8)}`);
  return costs;
}
