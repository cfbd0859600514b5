import type { ArgumentSpec, Command, Completion, OptionSpec, WordKind } from '../command.ts';

/** What a script completes: the commands, and the words of each kind. */
export interface CompletionModel {
  readonly commands: readonly Command[];
  readonly words: Readonly<Record<WordKind, readonly string[]>>;
  /** The names in each catalogue, by what `list` calls it. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
}

/** What may stand in a place, as every shell can offer it. */
export interface Offer {
  readonly words: readonly string[];
  /** Whether several words may stand there, joined by commas. */
  readonly list: boolean;
  readonly paths: 'none' | 'files' | 'folders';
  /** Whether the words are the names of the catalogue that the word before names. */
  readonly entries: boolean;
}

const NOTHING: Offer = { words: [], list: false, paths: 'none', entries: false };

function offerOfKind(kind: Exclude<Completion, object>, { words }: CompletionModel): Offer {
  switch (kind) {
    case 'none':
      return NOTHING;
    case 'entry':
      return { ...NOTHING, entries: true };
    case 'file':
      return { ...NOTHING, paths: 'files' };
    case 'folder':
      return { ...NOTHING, paths: 'folders' };
    case 'input':
      return { ...NOTHING, words: words.machine, paths: 'files' };
    case 'capture':
      return { ...NOTHING, words: words.capture, paths: 'files' };
    default:
      return { ...NOTHING, words: words[kind] };
  }
}

/** What an option or a word may be completed to. */
export function offerOf({ completion = 'none' }: OptionSpec | ArgumentSpec, model: CompletionModel): Offer {
  if (typeof completion === 'string') return offerOfKind(completion, model);
  return { ...NOTHING, words: completion.choices, list: completion.list === true };
}

/** The long and short spellings of an option's flags, such as `-k` and `--kernel`. */
export function spellingsOf(flags: string): readonly string[] {
  return flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));
}

/** Whether an option takes a value. */
export function takesValue({ flags }: OptionSpec): boolean {
  return flags.includes('<');
}

/** Whether an argument stands for any number of words. */
export function isRest({ name }: ArgumentSpec): boolean {
  return name.includes('...');
}

/** The spellings of all options that take a value; the same flag means the same in every command. */
export function valuedSpellings({ commands }: CompletionModel): readonly string[] {
  return [...new Set(commands.flatMap(({ options }) => options.filter(takesValue).flatMap(({ flags }) => spellingsOf(flags))))];
}
