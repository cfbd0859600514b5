import { closeSync, existsSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { fileFault } from './fault.ts';
import { CommandError, EXIT, type Io, type Progress } from './io.ts';

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
  return Math.min(MAX_COLUMNS, process.stdout.columns ?? 80);
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
  if (!isatty(2)) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({ stream: process.stderr, format: '{bar} {value}/{total} · {eta_formatted} left', clearOnComplete: true });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

async function startProgress(path: string): Promise<Progress | undefined> {
  if (path === '-' || !isatty(2)) return undefined;
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
  return isatty(1) && TERM !== 'dumb';
}

const OUTPUT = 'standard output';

/** Standard output, prepared on first use; a run that prints nothing pays nothing for it. */
class Output {
  #ready = false;
  /** Why nothing more can be written. */
  #cause: unknown;

  async write(text: string | Uint8Array): Promise<void> {
    if (!this.#ready) this.#prepare();
    this.#check();
    try {
      if (process.stdout.write(text)) return;
    } catch (cause) {
      // Files are written at once.
      throw fileFault(OUTPUT, cause, EXIT.failed);
    }
    await this.#drained();
    this.#check();
  }

  /** Waits until everything is written. */
  async flush(): Promise<void> {
    if (!this.#ready) return;
    const cause = await new Promise<unknown>((resolve) => process.stdout.write('', resolve));
    this.#cause ??= cause ?? undefined;
    this.#check();
  }

  #check(): void {
    if (this.#cause === undefined && !process.stdout.writable) this.#cause = { code: 'EPIPE' };
    if (this.#cause !== undefined) throw fileFault(OUTPUT, this.#cause, EXIT.failed);
  }

  #prepare(): void {
    this.#ready = true;
    process.stdout.on('error', (cause) => {
      this.#cause ??= cause;
    });
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        process.stdout.off('drain', settle).off('close', settle).off('error', settle);
        resolve();
      };
      process.stdout.once('drain', settle).once('close', settle).once('error', settle);
    });
  }
}

/** Writes a line to standard error; if nobody listens there, it is lost. */
function warn(text: string): void {
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => {});
  try {
    process.stderr.write(`${text}\n`);
  } catch {
    // A full disk, say.
  }
}

async function writeFile(path: string, text: string): Promise<void> {
  try {
    writeFileSync(path, text);
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
      return isatty(0);
    },
    get color() {
      return wantsColor();
    },
    get columns() {
      return wantedColumns();
    },
  };
}
