/** C, compiled with what is there and run in a process of its own, which reads the same rows and gives its results back. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../plan.ts';
import type { Rows } from '../rows.ts';
import { deriveSource } from './derive-source.ts';
import { MAIN_SOURCE } from './main-source.ts';
import { sanitiseSource } from './sanitise-source.ts';

/** What a native program can do. */
export type NativeTask = 'straight' | 'loop' | 'sanitise' | 'sum';

/** A program that was compiled from a kernel's table. */
export interface NativeProgram {
  /** The compiler and its options, as the report names them. */
  readonly compiler: string;
  /** What the compiler says of itself. */
  readonly version: string;
  /** Runs a task over rows that were put down by {@link NativePrograms.put}; gives seconds a call and its results. */
  run(task: NativeTask, rows: string, count: number, cpus: number, smoke: boolean): NativeRun;
}

/** What a run gave. */
export interface NativeRun {
  /** Seconds a call: the tenth percentile of samples of about a millisecond. */
  readonly seconds: number;
  readonly out: BigUint64Array;
}

/** The compilers that are looked for; the first of each list that is there is taken. */
const COMPILERS: readonly { readonly label: string; readonly names: readonly string[]; readonly options: readonly string[] }[] = [
  { label: 'gcc -O3', names: ['gcc', 'gcc-14', 'gcc-13', 'gcc-12'], options: ['-O3'] },
  {
    label: 'clang -O3 -march=native',
    names: ['clang', ...[22, 21, 20, 19, 18, 17, 16, 15, 14].map((version) => `clang-${version}`)],
    options: ['-O3', '-march=native'],
  },
];

function versionOf(name: string): string | undefined {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** All programs of one benchmark run, and the folder that holds them. */
export class NativePrograms {
  readonly #folder: string = mkdtempSync(join(tmpdir(), 'armlens-native-'));
  readonly programs: readonly NativeProgram[];
  #files = 0;

  constructor(plan: Plan) {
    const source = join(this.#folder, 'bench.c');
    writeFileSync(source, `${MAIN_SOURCE.head}${deriveSource(plan)}${sanitiseSource(plan)}${MAIN_SOURCE.main}`);
    this.programs = COMPILERS.flatMap(({ label, names, options }, i) => {
      const name = names.find((candidate) => versionOf(candidate) !== undefined);
      if (name === undefined) return [];
      const binary = join(this.#folder, `bench-${i}`);
      execFileSync(name, [...options, '-o', binary, source], { stdio: ['ignore', 'ignore', 'inherit'] });
      return [{ compiler: label, version: versionOf(name)!, run: (...given) => this.#run(binary, ...given) } satisfies NativeProgram];
    });
  }

  #run(binary: string, task: NativeTask, rows: string, count: number, cpus: number, smoke: boolean): NativeRun {
    const results = join(this.#folder, 'out');
    const text = execFileSync(binary, [task, rows, String(count), String(cpus), results, smoke ? '2' : '150'], { encoding: 'utf8' });
    const bytes = readFileSync(results);
    return { seconds: Number(text) / 1e9, out: new BigUint64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)) };
  }

  /** The program of a compiler; `undefined` where there is none. */
  by(compiler: 'gcc' | 'clang'): NativeProgram | undefined {
    return this.programs.find((program) => program.compiler.startsWith(compiler));
  }

  /** Puts rows into a file for programs to read, and gives its path. */
  put({ words }: Rows): string {
    const path = join(this.#folder, `rows-${this.#files++}`);
    writeFileSync(path, new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    return path;
  }

  /** Takes everything away again. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
