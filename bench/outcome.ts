import type { Costs } from './compare.ts';
import type { Measured } from './goals.ts';

/** Ways side by side. */
export interface Contest {
  readonly title: string;
  /** What one operation is, such as `record`. */
  readonly unit: string;
  readonly costs: Costs;
  /** The way that the others are set against. */
  readonly base: string;
  /** Whether it is drawn in the chart. */
  readonly drawn?: true;
}

/** Figures in a table of their own kind. */
export interface Grid {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a suite gives. */
export interface Outcome {
  readonly contests?: readonly Contest[];
  readonly grids?: readonly Grid[];
  readonly measured?: Measured;
  /** What was left out, and why. */
  readonly notes?: readonly string[];
}

/** Writes a duration with three digits and its unit. */
export function formatDuration(seconds: number): string {
  if (seconds < 1e-6) return `${(seconds * 1e9).toPrecision(3)} ns`;
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  return `${(seconds * 1e3).toPrecision(3)} ms`;
}

/** Writes a ratio. */
export function formatRatio(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}

/** A contest as a table, the fastest way first. */
export function gridOf({ title, unit, costs, base }: Contest): Grid {
  const own = costs.get(base)!;
  const rows = [...costs].sort(([, a], [, c]) => a - c).map(([way, cost]) => [way, formatDuration(cost), formatRatio(cost / own)]);
  return { title, head: ['way', `a ${unit}`, `× ${base}`], rows };
}

/** A table for a terminal: the first column to the left, the others to the right. */
export function formatGrid({ title, head, rows }: Grid): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const lines = all.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '));
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}
