/**
 * `npm run bench` runs every suite, `npm run bench -- derive stream` those named. Each suite sets ours beside the naive way in the
 * same run; quote the ratios, not the times. `--smoke` only tries whether everything runs. Details go to bench/results/.
 *
 * The suites import dist/, which is what users run: what runs the suites (tsx) names every function that it compiles, and that
 * costs a lot where functions are made in passing.
 */
import type { Settings } from './compare.ts';
import { derive } from './derive.bench.ts';
import { extract } from './extract.bench.ts';
import { sanitise } from './sanitise.bench.ts';
import { startup } from './startup.ts';
import { stream } from './stream.bench.ts';

const SUITES: Readonly<Record<string, (settings: Settings) => Promise<void>>> = { extract, derive, sanitise, stream, startup };

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = named.find((name) => !Object.hasOwn(SUITES, name));
if (unknown === undefined) {
  const settings: Settings = { smoke: process.argv.includes('--smoke') };
  for (const [name, run] of Object.entries(SUITES)) if (named.length === 0 || named.includes(name)) await run(settings);
} else {
  console.error(`there is no suite ${unknown}; known are ${Object.keys(SUITES).join(', ')}`);
  process.exitCode = 2;
}
