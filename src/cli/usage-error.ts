import { CommanderError } from 'commander';
import { nearestName } from '../nearest.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { spellingsOf } from './completion/model.ts';
import type { Io } from './io.ts';

/** An option that may be given once was given again. */
export class RepeatedOption extends CommanderError {
  constructor(option: string) {
    super(2, 'armlens.repeatedOption', `${option}: given twice; it takes one value`);
  }
}

/** What to do about a word that names no command: the nearest one, or how to ask about a machine or a file. */
export async function commandHint(word: string, io: Pick<Io, 'exists'>): Promise<string> {
  const nearest = nearestName(word, Object.keys(COMMANDS));
  if (nearest !== undefined) return `there is no command ${word}; did you mean ${nearest}?`;
  const { findMachine } = await import('../silicon/known-machine.ts');
  if (findMachine(word) !== undefined || (await io.exists(word)))
    return `there is no command ${word}; did you mean armlens derive ${word}?`;
  return `there is no command ${word}; there are ${Object.keys(COMMANDS).join(', ')}`;
}

function optionHint(option: string, command: Command | undefined): string {
  const known = [...(command?.options ?? []).flatMap(({ flags }) => spellingsOf(flags)), '--help'].filter((name) => name.startsWith('--'));
  const nearest = nearestName(option, known);
  const of = command === undefined ? '' : ` ${command.name}`;
  return `armlens${of} has no option ${option}; ${nearest === undefined ? `armlens${of} --help lists them` : `did you mean ${nearest}?`}`;
}

/** A line that says what is wrong with a command line. */
export function complaintOf({ code, message }: CommanderError, command: Command | undefined, argv: readonly string[]): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  const help = `armlens ${command?.name ?? ''} --help`.replace('  ', ' ');
  if (code === 'commander.unknownOption') return optionHint(/'(.*)'/s.exec(message)?.[1] ?? quoted, command);
  if (code === 'commander.excessArguments') {
    const words = command?.args.length ?? 0;
    return `${command?.name ?? argv[0]}: too many words; it takes ${words === 0 ? 'none' : words} (${help} tells more)`;
  }
  if (code === 'commander.missingArgument') {
    const told = command?.args.find(({ name }) => name.slice(1, -1) === quoted)?.help ?? '';
    return `${command?.name}: <${quoted}> is missing: ${told}; such as ${command?.examples[0] ?? help}`;
  }
  if (code === 'commander.optionMissingArgument') return `${quoted.replace(/ <.*/, '')}: a value is missing (${help} tells more)`;
  return message.replace(/^error: /, '');
}
