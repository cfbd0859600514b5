import type { ExitCode, Io } from './io.ts';

/** Kinds of words that the command line takes; completion/words.ts knows those of each. */
export type WordKind =
  | 'machine'
  | 'kernel'
  | 'config'
  | 'format'
  | 'register'
  | 'question'
  | 'level'
  | 'catalogue'
  | 'capture'
  | 'shell'
  | 'command';

/** What a word on the command line may be completed to. */
export type Completion =
  | WordKind
  | 'file'
  | 'folder'
  /** A known machine, a file or a folder. */
  | 'input'
  /** A name of the catalogue that the word before it names. */
  | 'entry'
  | 'none'
  /** The words themselves; with `list`, several of them joined by commas. */
  | { readonly choices: readonly string[]; readonly list?: true };

/** One option of a command; help, parser, manual and completion read it. */
export interface OptionSpec {
  /** As in the help: `--kernel <release>`; without `<…>` it is a switch. */
  readonly flags: string;
  readonly help: string;
  /** What it chooses, where that is the same for many commands: the heading that it stands under. */
  readonly group?: 'Machine' | 'Kernel';
  /** Whether it may be given several times; any other that takes a value may be given once. */
  readonly many?: true;
  readonly completion?: Completion;
}

/** One word after the command. */
export interface ArgumentSpec {
  /** As in the help: `[input]`, `<name>` or `[words...]`. */
  readonly name: string;
  readonly help: string;
  readonly completion?: Completion;
}

/** The values of the options by name in camel case. */
export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One call of a command. */
export interface Call {
  readonly positionals: readonly string[];
  readonly values: Values;
  readonly io: Io;
}

/** A command: what the help says of it, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Lines that work as they stand. */
  readonly examples: readonly string[];
  /** Words that begin like options and are none, such as the flags of a compiler. */
  readonly foreign?: RegExp;
  /** The page of the guide that tells more, by its name in src/guide. */
  readonly guide?: string;
  run(call: Call): Promise<ExitCode>;
}

/** The text value of an option, if it was given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times. */
export function textsOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
