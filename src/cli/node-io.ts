import { createReadStream } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { CommandError, EXIT, type Io, OutputClosed, type Progress } from './io.ts';

/** Files smaller than this are read before a bar would be seen. */
const WORTH_A_BAR = 8 << 20;
const MAX_COLUMNS = 100;

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read';
  return code ?? 'it cannot be read';
}

async function* pieces(path: string): AsyncIterable<Uint8Array> {
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
      return await readFile(path, 'utf8');
    } catch (cause) {
      throw new CommandError(EXIT.badInput, `${path}: ${reasonOf(cause)}`);
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of pieces(path)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function startProgress(path: string): Promise<Progress | undefined> {
  if (path === '-' || !process.stderr.isTTY) return undefined;
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
  return process.stdout.isTTY === true && TERM !== 'dumb';
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

/** The world of a process: its files, its standard streams, its terminal. */
export function nodeIo(): Io {
  let closed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  process.stderr.on('error', () => {});
  return {
    async write(text) {
      if (closed || !process.stdout.writable) throw new OutputClosed();
      if (!process.stdout.write(text)) await drained();
    },
    warn(text) {
      process.stderr.write(`${text}\n`);
    },
    read: readText,
    stream: pieces,
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    progress: startProgress,
    stdinIsTerminal: process.stdin.isTTY === true,
    color: wantsColor(),
    columns: Math.min(MAX_COLUMNS, process.stdout.columns ?? 80),
  };
}
