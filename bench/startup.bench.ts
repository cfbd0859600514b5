import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatRecord } from '../dist/formats/record.js';
import { quantile, type Settings } from './compare.ts';
import { formatDuration, type Outcome } from './outcome.ts';
import { benchSubject, KERNEL } from './subject.ts';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const COMMAND = 'armlens derive FILE';
const BARE = 'node -e 0';
const RUNS = 21;

function run(args: readonly string[]): { readonly seconds: number; readonly stdout: string } {
  const began = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
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
  ['dist/index.js, generated', 'index.js', 'generated'],
  ['dist/rows/compile.js, generated', 'rows/compile.js', 'generated'],
  ['dist/rows/compile.js, wasm', 'rows/compile.js', 'wasm'],
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
    const [ours, bare]: [number[], number[]] = [[], []];
    const answers = FIRST_ANSWERS.map(() => [] as number[][]);
    for (let i = 0; i < (smoke ? 1 : RUNS); i++) {
      ours.push(run([MAIN, 'derive', file]).seconds);
      bare.push(run(['-e', '0']).seconds);
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
    const costs = new Map([
      [COMMAND, typical(ours)],
      [BARE, typical(bare)],
    ]);
    return {
      contests: [{ title: 'Starting the command', unit: 'process', costs, base: BARE }],
      grids: [{ title: 'The library, to its first answer', head: ['what is imported', 'import', 'compile()', 'derive()', 'in all'], rows }],
      measured: { startup: typical(ours) / typical(bare) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
