import type { Command, Completion } from '../command.ts';

/** What a script completes: the commands, and the words of each kind. */
export interface CompletionModel {
  readonly commands: readonly Command[];
  readonly words: Readonly<Partial<Record<Completion, readonly string[]>>>;
}

/** The long and short spellings of an option's flags, such as `-k` and `--kernel`. */
export function spellingsOf(flags: string): readonly string[] {
  return flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));
}
