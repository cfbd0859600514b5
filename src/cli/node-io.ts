import { chmodSync, closeSync, existsSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { fileFault } from './fault.ts';
import { CommandError, EXIT, type Io, type Progress } from './io.ts';
import { isTerminal, Output, warn } from './standard-streams.ts';

/** Files smaller than this are read before a bar would be seen. */
const WORTH_A_BAR = 8 << 20;
/** Terminals are often wider than what is pleasant to read. */
const MAX_COLUMNS = 100;
/** Narrower than this nothing is laid out. */
const MIN_COLUMNS = 40;

/** The width that COLUMNS asks for, else that of the terminal. */
function wantedColumns(): number {
  const asked = Number(process.env.COLUMNS);
  if (Number.isInteger(asked) && asked > 0) return Math.max(MIN_COLUMNS, Math.min(1000, asked));
  return Math.min(MAX_COLUMNS, (isTerminal(1) ? process.stdout.columns : undefined) ?? 80);
}

async function* pieces(path: string): AsyncIterable<Uint8Array> {
  const { createReadStream } = await import('node:fs');
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (cause) {
    throw fileFault(nameOf(path), cause, EXIT.badInput);
  }
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** What is read whole fits in memory many times over. */
const MAX_WHOLE = 64 << 20;

function tooLarge(path: string): CommandError {
  return new CommandError(EXIT.badInput, `${nameOf(path)}: more than ${MAX_WHOLE >> 20} MB, which is no capture of a machine`);
}

/** Reads a file to its end or the bound. What it tells of its size is only a hint: those of /proc and devices tell none. */
function bytesOf(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > MAX_WHOLE) throw tooLarge(path);
    const parts: Uint8Array[] = [];
    for (let length = 0; ; ) {
      const part = Buffer.allocUnsafe(Math.max(1 << 16, size + 1 - length));
      const count = readSync(file, part);
      if (count === 0) return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      length += count;
      if (length > MAX_WHOLE) throw tooLarge(path);
      parts.push(part.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
}

/** Reads a file, or `undefined` for a folder. */
function wholeFile(path: string): Uint8Array | undefined {
  try {
    return bytesOf(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    throw fileFault(path, cause, EXIT.badInput);
  }
}

async function readBytes(path: string): Promise<Uint8Array | undefined> {
  if (path !== '-') return wholeFile(path);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of pieces(path)) {
    size += chunk.length;
    if (size > MAX_WHOLE) throw tooLarge(path);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  if (bytes === undefined) throw new CommandError(EXIT.badInput, `${path}: it is a folder`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

async function startSteps(total: number): Promise<Progress | undefined> {
  if (!isTerminal(2)) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({ stream: process.stderr, format: '{bar} {value}/{total} · {eta_formatted} left', clearOnComplete: true });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

async function startProgress(path: string): Promise<Progress | undefined> {
  if (path === '-' || !isTerminal(2)) return undefined;
  const { stat } = await import('node:fs/promises');
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size < WORTH_A_BAR) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({ stream: process.stderr, format: '{bar} {percentage}% · {eta_formatted} left', clearOnComplete: true });
  bar.start(size, 0);
  return { update: (bytes) => bar.update(bytes), stop: () => bar.stop() };
}

function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return isTerminal(1) && TERM !== 'dumb';
}

async function writeFile(path: string, content: string | Uint8Array, as?: { readonly executable: true }): Promise<void> {
  try {
    writeFileSync(path, content);
    if (as?.executable) chmodSync(path, 0o755);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing) throw new CommandError(EXIT.usage, `${path}: cannot be written: there is no such folder`);
    throw fileFault(`${path}: cannot be written`, cause, EXIT.usage);
  }
}

async function fileExists(path: string): Promise<boolean> {
  return existsSync(path);
}

/** The world of a process: its files, its standard streams, its terminal. */
export function nodeIo(): Io {
  const output = new Output();
  return {
    write: (text) => output.write(text),
    flush: () => output.flush(),
    warn,
    read: readText,
    readBytes,
    stream: pieces,
    exists: fileExists,
    writeFile,
    readFolder: async (folder) => (await import('./read-folder.ts')).readFolder(folder),
    writeFolder: async (folder, files, force) => (await import('./write-folder.ts')).writeFolder(folder, files, force),
    listFiles: async (folder) => (await import('./list-files.ts')).listFiles(folder),
    steps: startSteps,
    progress: startProgress,
    host: async (root) => (await import('./detect/node-host.ts')).nodeHost(root),
    get stdinIsTerminal() {
      return isTerminal(0);
    },
    get color() {
      return wantsColor();
    },
    get columns() {
      return wantedColumns();
    },
  };
}
