import { fstatSync, writeSync } from 'node:fs';
import { fileFault } from './fault.ts';
import { EXIT } from './io.ts';

const STREAMS = [() => process.stdin, () => process.stdout, () => process.stderr] as const;

/** Whether a standard stream is a terminal. Node's own streams, which take a while to load, are asked only if it may be one. */
export function isTerminal(descriptor: 0 | 1 | 2): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice() && STREAMS[descriptor]().isTTY === true;
  } catch {
    return false;
  }
}

/**
 * Writes bytes at once.
 *
 * @returns How many were written: fewer than there are where the other side takes no more for now.
 */
function writeAtOnce(descriptor: 1 | 2, bytes: Uint8Array): number {
  for (let done = 0; ; ) {
    if (done === bytes.length) return done;
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EAGAIN') return done;
      throw cause;
    }
  }
}

const OUTPUT = 'standard output';

/** Standard output: files and pipes are written at once, terminals and what would have to wait through Node's stream. */
export class Output {
  #streams: boolean | undefined;
  /** Why nothing more can be written. */
  #cause: unknown;

  async write(text: string | Uint8Array): Promise<void> {
    this.#streams ??= this.#startStream(isTerminal(1));
    if (this.#streams) return this.#toStream(text);
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    let done = 0;
    try {
      done = writeAtOnce(1, bytes);
    } catch (cause) {
      throw fileFault(OUTPUT, cause, EXIT.failed);
    }
    if (done === bytes.length) return;
    this.#streams = this.#startStream(true);
    await this.#toStream(bytes.subarray(done));
  }

  /** Waits until everything is written. */
  async flush(): Promise<void> {
    if (!this.#streams) return;
    const cause = await new Promise<unknown>((resolve) => process.stdout.write('', resolve));
    this.#cause ??= cause ?? undefined;
    this.#check();
  }

  async #toStream(text: string | Uint8Array): Promise<void> {
    this.#check();
    try {
      if (process.stdout.write(text)) return;
    } catch (cause) {
      throw fileFault(OUTPUT, cause, EXIT.failed);
    }
    await this.#drained();
    this.#check();
  }

  #check(): void {
    if (this.#cause === undefined && !process.stdout.writable) this.#cause = { code: 'EPIPE' };
    if (this.#cause !== undefined) throw fileFault(OUTPUT, this.#cause, EXIT.failed);
  }

  #startStream(wanted: boolean): boolean {
    if (wanted) {
      process.stdout.on('error', (cause) => {
        this.#cause ??= cause;
      });
    }
    return wanted;
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

/** Writes a line to standard error; if nobody listens there, or the disk is full, it is lost. */
export function warn(text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  try {
    const done = isTerminal(2) ? 0 : writeAtOnce(2, bytes);
    if (done === bytes.length) return;
    if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => {});
    process.stderr.write(bytes.subarray(done));
  } catch {
    // There is nowhere to say so.
  }
}
