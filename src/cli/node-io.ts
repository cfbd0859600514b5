import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { CommandError, EXIT, type Io, OutputClosed, type Progress } from './io.ts';

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

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read';
  return code ?? 'it cannot be read';
}

async function* pieces(path: string): AsyncIterable<Uint8Array> {
  const { createReadStream } = await import('node:fs');
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (cause) {
    throw new CommandError(EXIT.badInput, `${path}: ${reasonOf(cause)}`);
  }
}

async function readText(path: string): Promise<string> {
  if (path !== '-') {
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      throw new CommandError(EXIT.badInput, `${path}: ${reasonOf(cause)}`);
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of pieces(path)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** What is read whole fits in memory many times over. */
const MAX_WHOLE = 64 << 20;

function tooLarge(path: string): CommandError {
  const name = path === '-' ? 'standard input' : path;
  return new CommandError(EXIT.badInput, `${name}: more than ${MAX_WHOLE >> 20} MB, which is no capture of a machine`);
}

/** Reads a file of which the size is known, or `undefined` for a folder. */
function wholeFile(path: string): Uint8Array | undefined {
  try {
    const { size } = statSync(path);
    if (size > MAX_WHOLE) throw tooLarge(path);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    throw new CommandError(EXIT.badInput, `${path}: ${reasonOf(cause)}`);
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

/** Waits until standard output may take more. */
function drained(): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      process.stdout.off('drain', settle);
      process.stdout.off('close', settle);
      process.stdout.off('error', settle);
      if (process.stdout.writable) resolve();
      else reject(new OutputClosed());
    };
    process.stdout.once('drain', settle).once('close', settle).once('error', settle);
  });
}

/** Standard output, prepared on first use; a run that prints nothing pays nothing for it. */
class Output {
  #closed = false;
  #ready = false;

  async write(text: string | Uint8Array): Promise<void> {
    if (!this.#ready) this.#prepare();
    if (this.#closed || !process.stdout.writable) throw new OutputClosed();
    if (!process.stdout.write(text)) await drained();
  }

  #prepare(): void {
    this.#ready = true;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.#closed = true;
    });
  }
}

/** Writes a line to standard error; if nobody listens there, it is lost. */
function warn(text: string): void {
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => {});
  process.stderr.write(`${text}\n`);
}

async function writeFile(path: string, text: string): Promise<void> {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new CommandError(EXIT.usage, `${path}: cannot be written: ${code === 'ENOENT' ? 'there is no such folder' : reasonOf(cause)}`);
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
