import type { Host } from './detect/host.ts';

/** Exit codes, as the manual promises them. */
export const EXIT = { ok: 0, differs: 1, usage: 2, badInput: 3, failed: 4 } as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A bar that grows with the work; only on a terminal. */
export interface Progress {
  /** Tells how much has been done by now: bytes that were read, or steps. */
  update(done: number): void;
  stop(): void;
}

/** The files below a folder, relative to it and in the order of their names. Links are never followed. */
export interface FolderFiles {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What was not read, or not whole, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** The world of a command: where it reads and writes. Tests give it one of their own. */
export interface Io {
  /**
   * Writes to the result. Awaiting it keeps memory bounded; it fails with a {@link CommandError} if it cannot be
   * written, or nobody reads any more.
   */
  write(text: string | Uint8Array): Promise<void>;
  /** Waits until the result is written; fails as {@link Io.write} does. */
  flush(): Promise<void>;
  /** Writes a line for the person at the terminal. */
  warn(text: string): void;
  /** Reads a file whole, or standard input if the path is `-`. */
  read(path: string): Promise<string>;
  /**
   * Reads a file whole, as bytes, or standard input if the path is `-`; `undefined` if the path is a folder. Fails with a
   * {@link CommandError} if there is more than fits in memory.
   */
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** Reads a file piece by piece, or standard input if the path is `-`. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** Whether a file exists. */
  exists(path: string): Promise<boolean>;
  /** Reads the files below a folder, as far as {@link FolderFiles} says; `undefined` if the path is no folder. */
  readFolder(folder: string): Promise<FolderFiles | undefined>;
  /** Writes files below a folder, path → text; into one that is not empty only if `force` is set. */
  writeFolder(folder: string, files: ReadonlyMap<string, string>, force: boolean): Promise<void>;
  /** Writes a file, over one that is there; a program if it is to be executable. */
  writeFile(path: string, content: string | Uint8Array, as?: { readonly executable: true }): Promise<void>;
  /** The paths of the plain files below a folder, in order; links are not followed. `undefined` if the path is no folder. */
  listFiles(folder: string): Promise<readonly string[] | undefined>;
  /** A bar for so many steps of work; `undefined` where there is no terminal. */
  steps(total: number): Promise<Progress | undefined>;
  /** A bar for reading a file; `undefined` where there is no terminal or the size is not known. */
  progress(path: string): Promise<Progress | undefined>;
  /** The machine that the command runs on, or a tree of files copied from one, below a folder. */
  host(root: string | undefined): Promise<Host>;
  /** Whether standard input is a terminal, so that reading it would wait for a person. */
  readonly stdinIsTerminal: boolean;
  /** Whether the result may be coloured. */
  readonly color: boolean;
  /** The width to fill. */
  readonly columns: number;
}

/** Something that the person can mend, or the work itself that failed: it is printed as one line, without a stack trace. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
