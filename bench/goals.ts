/** The goals, and how they are judged. */

/** A goal: a figure that must not be passed. */
interface GoalRow {
  readonly what: string;
  readonly limit: number;
  /** Whether the figure is to be at least the limit; absent = at most. */
  readonly atLeast?: true;
  /** Absent = a ratio. */
  readonly unit?: 'ns' | 'µs' | 'count';
  /** A ratio to hand-written code that will do as well. */
  readonly orRatio?: number;
}

/** The name of a goal. */
export type GoalName =
  | 'derive-generated'
  | 'derive-wasm'
  | 'derive-wasm-clang'
  | 'memory'
  | 'columns-cache'
  | 'columns-memory'
  | 'bigint-generated'
  | 'bigint-wasm'
  | 'record-words'
  | 'record-object'
  | 'sanitise-different'
  | 'sanitise-identical'
  | 'ndjson'
  | 'records'
  | 'audit'
  | 'gc'
  | 'startup-20'
  | 'startup-22'
  | 'startup-24'
  | 'startup-26'
  | 'boot';

const GOALS: Readonly<Record<GoalName, GoalRow>> = {
  'derive-generated': { what: 'generated TypeScript, batch, one CPU a record, against gcc -O3', limit: 0.9 },
  'derive-wasm': { what: 'wasm, batch, with copies, against gcc -O3', limit: 0.4 },
  'derive-wasm-clang': { what: 'wasm, batch, with copies, against clang -O3 -march=native', limit: 2 },
  memory: { what: 'wasm, out of cache, against reading the same bytes', limit: 2.5 },
  'columns-cache': { what: 'columns to words, in cache, against gcc -O3 over rows', limit: 0.2 },
  'columns-memory': { what: 'the same out of cache', limit: 0.2 },
  'bigint-generated': { what: 'generated TypeScript, against a BigInt loop over the same table', limit: 120, atLeast: true },
  'bigint-wasm': { what: 'wasm, against a BigInt loop over the same table', limit: 280, atLeast: true },
  'record-words': { what: 'one record from words', limit: 80, unit: 'ns', orRatio: 1.2 },
  'record-object': { what: 'one record from an object of bigints', limit: 120, unit: 'ns', orRatio: 1.2 },
  'sanitise-different': { what: "sanitising 8 different CPUs, against Linux's loop in C", limit: 0.3 },
  'sanitise-identical': { what: "sanitising 8 identical CPUs, against Linux's loop in C", limit: 1.7 },
  ndjson: { what: 'NDJSON to hwcap words, against JSON.parse and BigInt', limit: 15, atLeast: true },
  records: { what: '`armlens derive --ndjson`, all parts: 100 kinds of machines, against all different', limit: 3, atLeast: true },
  audit: { what: '`armlens audit`: the same', limit: 3, atLeast: true },
  gc: { what: 'garbage collections in 10⁶ derivations', limit: 0, unit: 'count' },
  'startup-20': { what: '`armlens derive FILE`, whole process, against `node -e 0`, Node 20', limit: 1.9 },
  'startup-22': { what: 'the same on Node 22, which keeps what it compiled, from the second run on', limit: 1.6 },
  'startup-24': { what: 'the same on Node 24', limit: 1.6 },
  'startup-26': { what: 'the same on Node 26', limit: 1.6 },
  boot: { what: 'boot(): everything about one machine', limit: 50, unit: 'µs' },
};

/** A goal, with what was measured. */
export interface JudgedGoal {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  /** Absent = not measured. */
  readonly met?: boolean;
}

/** A figure, with what is to be said beside it. */
export interface Figure {
  readonly value: number;
  /** The ratio to hand-written code, where that will do. */
  readonly ratio?: number;
  readonly also?: string;
}

/** What was measured, goal by goal. */
export type Measured = { readonly [K in GoalName]?: number | Figure };

function figure(value: number, { unit, atLeast }: GoalRow): string {
  if (unit === 'count') return String(value);
  if (unit !== undefined) return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
  return `${atLeast ? value.toFixed(0) : value.toPrecision(3)}×`;
}

function goalText(row: GoalRow): string {
  const limit = row.unit === undefined ? `${row.limit}×` : row.unit === 'count' ? `${row.limit}` : `${row.limit} ${row.unit}`;
  const or = row.orRatio === undefined ? '' : `, or ${row.orRatio}× straight-line code`;
  return `${row.atLeast ? '≥' : row.limit === 0 ? '' : '≤'} ${limit}${or}`.trim();
}

function isMet({ value, ratio = Number.POSITIVE_INFINITY }: Figure, { limit, atLeast, orRatio = 0 }: GoalRow): boolean {
  return atLeast ? value >= limit : value <= limit || ratio <= orRatio;
}

/** Judges all goals, in the order in which they are named. */
export function judgeGoals(measured: Measured): readonly JudgedGoal[] {
  return Object.entries(GOALS).map(([name, row]: [string, GoalRow]) => {
    const found = measured[name as GoalName];
    const goal = goalText(row);
    if (found === undefined) return { what: row.what, goal, measured: 'not measured' };
    const given: Figure = typeof found === 'number' ? { value: found } : found;
    const also = given.also === undefined ? '' : ` (${given.also})`;
    return { what: row.what, goal, measured: `${figure(given.value, row)}${also}`, met: isMet(given, row) };
  });
}
