// Changes the sources here and there, and looks whether a test notices.
//
//   npm run mutate                       a sample of the files whose answers must be right
//   npm run mutate -- src/linux/rules    every file under a folder, or single files
//     --sample N                         how many mutants, spread evenly over them (default 100; 0 = all)
//     --seed S                           draws the sample at random instead, the same one for the same number
//     --part K/N                         the Kth of N parts of the sample, to take it piece by piece
//     --least P                          the share in per cent that must be noticed (default 90)
//
// Works on a copy in the folder for temporary files. Mutants that change no answer are named in equivalents.json, with the reason.
// Exit status 0 if enough were noticed, 1 if not, 2 if the tests fail without any mutant.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf, mutated } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['src/bits', 'src/logic', 'src/linux', 'src/process'];

interface Place {
  readonly file: string;
  readonly mutant: Mutant;
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

function filesOf(path: string): readonly string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path))
    .filter((name) => name !== 'generated')
    .flatMap((name) => filesOf(`${path}/${name}`))
    .filter((file) => file.endsWith('.ts'));
}

function nameOf({ file, mutant: { line, column, was, becomes } }: Place): string {
  const short = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 60);
  return `${file}:${line}:${column} ${short(was)} → ${short(becomes)}`;
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

function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'armlens-mutants-'));
  const left = new Set(['node_modules', '.git', 'dist', 'coverage']);
  for (const name of readdirSync(ROOT).filter((entry) => !left.has(entry))) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Whether the tests that a file reaches pass; those that live beside it are tried first, since they notice most and cost least. */
function passes(copy: string, file: string): boolean {
  const own = file.replace(/^src\//, 'test/').replace(/\.ts$/, '');
  const vitest = (...args: readonly string[]): number | null =>
    spawnSync('node_modules/.bin/vitest', ['run', '--project', 'parts', '--bail', '1', '--reporter', 'dot', ...args], {
      cwd: copy,
      stdio: 'ignore',
      timeout: 600_000,
    }).status;
  const beside = own.slice(0, own.lastIndexOf('/'));
  const near = vitest('--passWithNoTests', '--maxWorkers', '1', own, ...(beside === 'test/linux' ? [] : [beside]));
  return near === 0 && vitest('test/bits', 'test/logic', 'test/linux', 'test/process', 'test/golden') === 0;
}

const equivalents = JSON.parse(readFileSync(new URL('./equivalents.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>;
const files = (positionals.length > 0 ? positionals : FOLDERS).flatMap((path) => filesOf(relative(ROOT, join(ROOT, path))));
const places = files.flatMap((file): Place[] =>
  mutantsOf(file, readFileSync(join(ROOT, file), 'utf8')).map((mutant) => ({ file, mutant })),
);
const chosen = partOf(sampled(places, Number(values.sample), values.seed), values.part).filter(
  (place) => !Object.hasOwn(equivalents, nameOf(place)),
);
process.stderr.write(`${places.length} mutants in ${files.length} files; trying ${chosen.length}\n`);

const copy = copyOfProject();
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

if (!passes(copy, 'src/bits/field.ts')) {
  process.stderr.write('the tests fail without any mutant\n');
  process.exit(2);
}
const survivors: string[] = [];
for (const [index, place] of chosen.entries()) {
  const text = readFileSync(join(ROOT, place.file), 'utf8');
  writeFileSync(join(copy, place.file), mutated(text, place.mutant));
  const survived = passes(copy, place.file);
  writeFileSync(join(copy, place.file), text);
  if (survived) survivors.push(nameOf(place));
  process.stderr.write(`${index + 1}/${chosen.length} ${survived ? 'SURVIVED' : 'noticed '} ${nameOf(place)}\n`);
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
