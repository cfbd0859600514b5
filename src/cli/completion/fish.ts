import type { Command, Completion, OptionSpec } from '../command.ts';
import { type CompletionModel, spellingsOf } from './model.ts';

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function wordsOf(completion: Completion | undefined, words: CompletionModel['words']): string {
  const list = completion === undefined ? undefined : words[completion];
  const files = completion === 'file' || completion === 'input' || completion === 'capture' ? ' -F' : '';
  return (list === undefined ? '' : ` -a ${quoted(list.join(' '))}`) + files;
}

function optionLine({ name }: Command, { flags, help, completion }: OptionSpec, words: CompletionModel['words']): string {
  const spellings = spellingsOf(flags).map((spelling) =>
    spelling.startsWith('--') ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`,
  );
  const value = flags.includes('<') ? ` -x${wordsOf(completion, words)}` : '';
  return `complete -c armlens -n '__fish_seen_subcommand_from ${name}' ${spellings.join(' ')}${value} -d ${quoted(help)}`;
}

function argumentLines({ name, args }: Command, words: CompletionModel['words']): string[] {
  return args
    .map(({ completion }) => wordsOf(completion, words))
    .filter((part) => part !== '')
    .map((part) => `complete -c armlens -n '__fish_seen_subcommand_from ${name}'${part}`);
}

/** Writes the script for fish. */
export function fishScript({ commands, words }: CompletionModel): string {
  const lines = [
    '# fish completion for armlens',
    'complete -c armlens -f',
    ...commands.map(({ name, summary }) => `complete -c armlens -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`),
    ...commands.flatMap((command) => [
      ...command.options.map((option) => optionLine(command, option, words)),
      ...argumentLines(command, words),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
