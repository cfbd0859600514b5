/** Why a file of the machine could not be read. */
export type Refusal = 'missing' | 'denied' | 'failed';

/** What reading a file gave: its bytes, or why there are none. */
export type HostFile = { readonly bytes: Uint8Array } | { readonly refusal: Refusal };

/** A machine to look at: the one that the command runs on, or a tree of files captured on one. Tests give one of their own. */
export interface Host {
  /** As Node names it: `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  /** Of the process, as Node names it: `arm64`, `arm`, `x64`, …; `undefined` for a captured tree, which does not say. */
  readonly architecture: string | undefined;
  /** Reads a file by its absolute path; what ends in `.gz` comes unpacked. */
  read(path: string): Promise<HostFile>;
  /** The names in a folder; empty if it cannot be read. */
  list(path: string): Promise<readonly string[]>;
  /** Runs a program and gives its standard output; `undefined` if it cannot run, fails, or a captured tree stands for the machine. */
  run(program: string, args: readonly string[]): Promise<string | undefined>;
}
