/** The share of the runs written beside a law: `ARMLENS_EFFORT=1 npm test` makes them all, `ARMLENS_EFFORT=1000 npx vitest run peel.prop` is a long run. */
const EFFORT = Number(process.env.ARMLENS_EFFORT ?? 0.25);

/**
 * How often a law is tried, of so many times as are written beside it: in `npm test` a quarter, with other values each time. A law that also
 * counts the cases that it met is tried as often as is written.
 */
export function runs(written: number): number {
  return Math.max(1, Math.ceil(written * EFFORT));
}
