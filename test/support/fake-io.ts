import { expect } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { runGuarded } from '../../src/cli/run.ts';
import { answerFaults } from './answer-schemas.ts';

/** Files by path, standard input under `-`. */
export type Files = Readonly<Record<string, string | readonly Uint8Array[]>>;

/** What a run left behind. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function bytesOf(content: string | readonly Uint8Array[]): readonly Uint8Array[] {
  return typeof content === 'string' ? [new TextEncoder().encode(content)] : content;
}

/** Runs a command line in a world of its own: no process, no file, no terminal. What it prints as JSON is held against its schema. */
export async function run(argv: readonly string[], files: Files = {}, more: Partial<Io> = {}): Promise<Run> {
  let out = '';
  let err = '';
  const contentOf = (path: string) => {
    const content = files[path];
    if (content === undefined) throw new Error(`the test has no file ${path}`);
    return content;
  };
  const textOf = (path: string) => new TextDecoder().decode(Buffer.concat(bytesOf(contentOf(path)) as Uint8Array[]));
  const io: Io = {
    async write(text) {
      out += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    },
    flush: async () => {},
    warn(text) {
      err += `${text}\n`;
    },
    read: async (path) => textOf(path),
    readBytes: async (path) => (Object.hasOwn(files, path) ? Buffer.concat(bytesOf(contentOf(path)) as Uint8Array[]) : undefined),
    async listFiles(folder) {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      return below.length === 0 ? undefined : below;
    },
    steps: async () => undefined,
    async *stream(path) {
      yield* bytesOf(contentOf(path));
    },
    exists: async (path) => Object.hasOwn(files, path) || Object.keys(files).some((name) => name.startsWith(`${path}/`)),
    async readFolder(folder) {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      if (below.length === 0) return undefined;
      return { files: below.map((path) => ({ path: path.slice(folder.length + 1), text: textOf(path) })), skipped: [] };
    },
    async writeFile(path) {
      throw new Error(`the test writes no file ${path}`);
    },
    async writeFolder(folder) {
      throw new Error(`the test has no folder ${folder}`);
    },
    progress: async () => undefined,
    async host() {
      throw new Error('the test has no machine');
    },
    stdinIsTerminal: false,
    color: false,
    columns: 80,
    ...more,
  };
  const code = await runGuarded(argv, io);
  if (argv.includes('--json') && out !== '') expect(answerFaults(out)).toEqual([]);
  return { code, out, err };
}

/** The widest line of a text. */
export function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}
