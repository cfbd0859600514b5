/** Vitest's words for tests, as many as the tests need that look for mutants: without a runner around them they start twenty times as fast. */
import { expect } from 'vitest';

type Test = () => unknown;
type Body = (...row: readonly unknown[]) => unknown;
type Named = ((name: string, body: Body) => void) & { each: (rows: readonly unknown[]) => (name: string, body: Body) => void };

let waiting: Test[] = [];

function word(say: (test: Test) => void): Named {
  const each = (rows: readonly unknown[]) => (_: string, body: Body) => {
    for (const row of rows) say(() => (Array.isArray(row) ? body(...row) : body(row)));
  };
  return Object.assign((_: string, body: Body) => say(body), { each });
}

/** @public The tests import it from vitest. */
export const describe: Named = word((body) => body());
/** @public The tests import it from vitest. */
export const it: Named = word((test) => waiting.push(test));

// The first failure ends all: none is kept for later.
Object.assign(expect, { soft: expect });

export { expect };

/** Runs the tests that were said since the last time. */
export async function runTests(): Promise<void> {
  const tests = waiting;
  waiting = [];
  for (const test of tests) await test();
}
