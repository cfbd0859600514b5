import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatRecord } from '../src/formats/record.ts';
import { quantile, type Settings } from './compare.ts';
import { formatDuration, type Outcome } from './outcome.ts';
import { benchSubject, KERNEL } from './subject.ts';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const COMMAND = 'armlens derive FILE';
const BARE = 'node -e 0';
/** The start alone: the command that asks for nothing of a machine. */
const VERSION = 'armlens --version';
/** What no start of the command can do without; the rest is what a kernel's tables and a boot cost where no code is warm. */
const LOADED = 'its code loaded, nothing done';
const RUNS = 21;

/** Where the tests of the package keep the releases of Node that they fetched. */
const STORE = fileURLToPath(new URL('../node_modules/.cache/armlens-nodes/', import.meta.url));
const MAJORS = [20, 22, 24, 26] as const;

/** The programs of Node that are here, by major release: the one that runs this, and what the tests of the package fetched. */
function nodes(): ReadonlyMap<number, string> {
  const own = `${process.platform}-${process.arch}-`;
  const found = new Map<number, string>();
  for (const name of existsSync(STORE) ? readdirSync(STORE).sort() : []) {
    const program = join(STORE, name, 'package', 'bin', 'node');
    if (name.startsWith(own) && existsSync(program)) found.set(Number.parseInt(name.slice(own.length), 10), program);
  }
  return found.set(Number.parseInt(process.versions.node, 10), process.execPath);
}

/** Loads what the command loads for `derive`, as it does. */
const LOAD = `require('node:module').enableCompileCache?.(); require(${JSON.stringify(join(dirname(MAIN), 'derive.js'))})`;

interface Race {
  readonly ours: number;
  readonly version: number;
  readonly loaded: number;
  readonly bare: number;
}

const WAYS: readonly (keyof Race)[] = ['ours', 'version', 'loaded', 'bare'];

/** Starts the command and a bare Node in turns; the first run of each, which fills caches, does not count. */
function race(node: string, file: string, runs: number): Race {
  const ways = { ours: [MAIN, 'derive', file], version: [MAIN, '--version'], loaded: ['-e', LOAD], bare: ['-e', '0'] };
  const seconds: Readonly<Record<keyof Race, number[]>> = { ours: [], version: [], loaded: [], bare: [] };
  for (let i = 0; i <= runs; i++) for (const way of WAYS) seconds[way].push(run(ways[way], node).seconds);
  const of = (way: keyof Race): number => typical(seconds[way].slice(1));
  return { ours: of('ours'), version: of('version'), loaded: of('loaded'), bare: of('bare') };
}

function run(args: readonly string[], node: string = process.execPath): { readonly seconds: number; readonly stdout: string } {
  const began = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(node, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return { seconds, stdout };
}

/** Imports a module, compiles a kernel and derives one record; prints the milliseconds that each took. */
function firstAnswer(module: string, engine: string): readonly string[] {
  const url = new URL(`../dist/${module}`, import.meta.url).href;
  const script = `
    const began = performance.now();
    const { compile } = await import('${url}');
    const imported = performance.now();
    const kernel = compile(${JSON.stringify(KERNEL)}, { engine: '${engine}' });
    const compiled = performance.now();
    kernel.derive(new BigUint64Array(1024), new BigUint64Array(3), 1);
    const ended = performance.now();
    console.log([imported - began, compiled - imported, ended - compiled, ended - began].join(' '));
  `;
  return ['--input-type=module', '--eval', script];
}

const FIRST_ANSWERS = [
  ['dist/rows/index.js, generated', 'rows/index.js', 'generated'],
  ['dist/rows/index.js, wasm', 'rows/index.js', 'wasm'],
] as const;

/** The tenth percentile, as everywhere: processes wait for one another where a machine has few cores and more to do. */
function typical(values: readonly number[]): number {
  return quantile(values, 0.1);
}

/** What it costs to start: the command as a whole process, and the library until its first answer. All take turns. */
export async function startup({ smoke }: Settings): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-bench-'));
  try {
    const file = join(folder, 'machine.json');
    const { machine, kernel, environment } = await benchSubject();
    writeFileSync(file, formatRecord({ id: 'bench', machine, kernel, environment }));
    const runs = smoke ? 1 : RUNS;
    const answers = FIRST_ANSWERS.map(() => [] as number[][]);
    for (let i = 0; i < runs; i++) {
      for (const [j, [, module, engine]] of FIRST_ANSWERS.entries())
        answers[j]!.push(
          run(firstAnswer(module, engine))
            .stdout.split(' ')
            .map((text) => Number(text) / 1e3),
        );
    }
    const rows = FIRST_ANSWERS.map(([name], j) => [
      name,
      ...[0, 1, 2, 3].map((part) => formatDuration(typical(answers[j]!.map((times) => times[part]!)))),
    ]);
    const races = [...nodes()].map(([major, node]) => ({ major, ...race(node, file, runs) }));
    return {
      contests: races.map(({ major, ours, version, loaded, bare }) => ({
        title: `Starting the command, Node ${major}`,
        unit: 'process',
        costs: new Map([
          [COMMAND, ours],
          [VERSION, version],
          [LOADED, loaded],
          [BARE, bare],
        ]),
        base: BARE,
      })),
      grids: [{ title: 'The library, to its first answer', head: ['what is imported', 'import', 'compile()', 'derive()', 'in all'], rows }],
      measured: Object.fromEntries(
        MAJORS.flatMap((wanted) =>
          races
            .filter(({ major }) => major === wanted)
            .map(({ ours, version, loaded, bare }) => [
              `startup-${wanted}`,
              {
                value: ours / bare,
                also: `\`${VERSION}\`: ${(version / bare).toFixed(2)}×; its code loaded, nothing done: ${(loaded / bare).toFixed(2)}×`,
              },
            ]),
        ),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
