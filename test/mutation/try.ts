// Runs tests that bundle.ts has made ready, with one mutant awake or none:
//
//   node try.mjs NUMBER FILE...
//
// Tells its parent of each file whose tests have passed, with the mutants that were come by until then. Ends with 1 at the first test that fails.
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { runTests } from './few-words.ts';

declare global {
  var mutantIs: (number: number) => boolean;
}

/** What is told of a file whose tests have passed. */
export interface Passed {
  readonly file: string;
  readonly reached: readonly number[];
}

const [number, ...files] = process.argv.slice(2);
const awake = Number(number);
const reached = new Set<number>();

globalThis.mutantIs = (asked) => {
  reached.add(asked);
  return asked === awake;
};
// One counter-example is enough.
fc.configureGlobal({ endOnFailure: true });

for (const file of files) {
  await import(pathToFileURL(file).href);
  await runTests();
  process.send?.({ file, reached: [...reached] } satisfies Passed);
}
