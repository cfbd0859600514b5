// Changes the sources here and there, and looks whether a test notices.
//
//   npm run mutate                       a sample of the files whose answers must be right
//   npm run mutate -- src/linux/rules    every file under a folder, single files, or a line of one: FILE:LINE
//     --sample N                         how many mutants, spread evenly over them (default 100; 0 = all)
//     --seed S                           draws the sample at random instead, the same one for the same number
//     --part K/N                         the Kth of N parts of the sample, to take it piece by piece
//     --least P                          the share in per cent that must be noticed (default 90)
//
// All chosen mutants stand in one bundle of sources and tests, asleep (mutants.ts, `switchable`). Each gets a process of its own, which
// wakes it and runs the tests that come by it, quick ones first, until one fails; so nothing that is kept at load or later is kept from
// another mutant. Tests have to make do with `describe`, `it` and `expect` (few-words.ts). Mutants that change no answer are named in
// equivalents.json, with the reason, by the names that standard output gives those that were not noticed.
//
// Exit status 0 if enough were noticed, 1 if not, 2 if the tests fail without any mutant.
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleTests, type Place, ROOT } from './bundle.ts';
import { inFewWords, mutantsOf } from './mutants.ts';
import type { Passed } from './try.ts';

const FOLDERS = ['src/bits', 'src/logic', 'src/linux', 'src/process'];
const TESTS = ['test/bits', 'test/logic', 'test/linux', 'test/process', 'test/golden'];

/** The number of no mutant. */
const NONE = -1;

/** A file of tests, ready to run. */
interface TestFile {
  readonly path: string;
  /** How long it takes without a mutant, in milliseconds. */
  readonly takes: number;
  /** The mutants that it comes by. */
  readonly reached: ReadonlySet<number>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '100' },
    seed: { type: 'string' },
    part: { type: 'string', default: '1/1' },
    least: { type: 'string', default: '90' },
  },
});

function filesOf(path: string, ending: string): readonly string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path))
    .filter((name) => name !== 'generated')
    .flatMap((name) => filesOf(`${path}/${name}`, ending))
    .filter((file) => file.endsWith(ending));
}

/** The tests of some sources: those of the layers whose answers must be right, and those of the sources' own layers. */
function testsOf(sources: readonly string[]): readonly string[] {
  const own = sources.map((file) => file.replace(/^src\/([^/]+)\/.*/, 'test/$1'));
  return [...new Set([...TESTS, ...own])].flatMap((path) => filesOf(path, '.test.ts'));
}

/** What equivalents.json calls a mutant. */
function nameOf({ file, mutant }: Place): string {
  return `${file}: ${mutant.name}`;
}

/** Where a mutant stands now, and what it does. */
function shown({ file, mutant }: Place): string {
  return `${file}:${mutant.line}:${mutant.column} ${inFewWords(mutant)}`;
}

/** Numbers from 0 up to 1, the same ones for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Places drawn at random, none twice, in the order in which they were drawn: the first few are a sample too. */
function drawn(places: readonly Place[], size: number, seed: number): readonly Place[] {
  const random = randomFrom(seed);
  const left = [...places];
  return Array.from({ length: size }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

/** Every so-manieth place, so that a sample reaches all files alike; with a seed, a random draw. */
function sampled(places: readonly Place[], size: number, seed: string | undefined): readonly Place[] {
  if (size === 0 || size >= places.length) return places;
  if (seed !== undefined) return drawn(places, size, Number(seed));
  return Array.from({ length: size }, (_, index) => places[Math.floor(((index + 0.5) * places.length) / size)]!);
}

/** One part of a sample; the parts lie among each other, so that each reaches all files alike. */
function partOf(places: readonly Place[], part: string): readonly Place[] {
  const [, kth, of] = /^(\d+)\/(\d+)$/.exec(part) ?? [];
  if (kth === undefined || Number(kth) < 1 || Number(kth) > Number(of)) throw new Error(`--part: expected such as 1/4, got ${part}`);
  return places.filter((_, index) => index % Number(of) === Number(kth) - 1);
}

/** Runs files of tests in a process of their own; `undefined` if a test fails, or a file takes much longer than it does without a mutant. */
function passing(
  program: string,
  awake: number,
  files: readonly Pick<TestFile, 'path' | 'takes'>[],
): Promise<readonly Passed[] | undefined> {
  return new Promise((resolve) => {
    const child = fork(program, [String(awake), ...files.map(({ path }) => path)], {
      execArgv: ['--max-semi-space-size=64'],
      stdio: ['ignore', 'ignore', awake === NONE ? 'inherit' : 'ignore', 'ipc'],
    });
    const passed: Passed[] = [];
    const wait = (): NodeJS.Timeout => setTimeout(() => child.kill('SIGKILL'), 30_000 + 20 * (files[passed.length]?.takes ?? 0));
    let timer = wait();
    child.on('message', (one) => {
      passed.push(one as Passed);
      clearTimeout(timer);
      timer = wait();
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? passed : undefined);
    });
  });
}

/** Runs each file of tests without a mutant; `undefined` if a test fails. */
async function measured(program: string, paths: readonly string[]): Promise<readonly TestFile[] | undefined> {
  const files: TestFile[] = [];
  for (const path of paths) {
    const start = performance.now();
    const passed = await passing(program, NONE, [{ path, takes: 60_000 }]);
    if (passed === undefined) return undefined;
    files.push({ path, takes: performance.now() - start, reached: new Set(passed[0]!.reached) });
  }
  return files.sort((a, b) => a.takes - b.takes);
}

const equivalents = JSON.parse(readFileSync(new URL('./equivalents.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>;
const places = (positionals.length > 0 ? positionals : FOLDERS).flatMap((given) => {
  const [, path = given, line] = /^(.*):(\d+)$/.exec(given) ?? [];
  return filesOf(relative(ROOT, join(ROOT, path)), '.ts').flatMap((file): Place[] =>
    mutantsOf(file, readFileSync(join(ROOT, file), 'utf8'))
      .filter((mutant) => line === undefined || mutant.line === Number(line))
      .map((mutant) => ({ file, mutant })),
  );
});
const files = [...new Set(places.map(({ file }) => file))];
const chosen = partOf(sampled(places, Number(values.sample), values.seed), values.part).filter(
  (place) => !Object.hasOwn(equivalents, nameOf(place)),
);
process.stderr.write(`${places.length} mutants in ${files.length} files; trying ${chosen.length}\n`);

const folder = mkdtempSync(join(tmpdir(), 'armlens-mutants-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

const [program, ...paths] = await bundleTests(folder, testsOf(files), chosen);
const tests = await measured(program!, paths);
if (tests === undefined) {
  process.stderr.write('the tests fail without any mutant\n');
  process.exit(2);
}
const survivors: string[] = [];
for (const [number, place] of chosen.entries()) {
  const reaching = tests.filter(({ reached }) => reached.has(number));
  const survived = (await passing(program!, number, reaching)) !== undefined;
  if (survived) survivors.push(nameOf(place));
  process.stderr.write(`${number + 1}/${chosen.length} ${survived ? 'SURVIVED' : 'noticed '} ${shown(place)}\n`);
}
/** Between which shares the true one lies, 95 times in a hundred, in per cent. */
function interval(hits: number, tries: number): readonly [number, number] {
  const z = 1.96;
  const share = hits / tries;
  const middle = share + z ** 2 / (2 * tries);
  const spread = z * Math.sqrt((share * (1 - share)) / tries + z ** 2 / (4 * tries ** 2));
  const [low, high] = [middle - spread, middle + spread].map((bound) => (100 * bound) / (1 + z ** 2 / tries));
  return [low!, high!];
}

const noticed = chosen.length - survivors.length;
const share = chosen.length === 0 ? 100 : (100 * noticed) / chosen.length;
for (const name of survivors) process.stdout.write(`${name}\n`);
const [low, high] = interval(noticed, Math.max(1, chosen.length));
process.stdout.write(`${noticed} of ${chosen.length} noticed: ${share.toFixed(1)} % (95 %: ${low.toFixed(1)} to ${high.toFixed(1)} %)\n`);
process.exitCode = share >= Number(values.least) ? 0 : 1;
