import type { ArgumentSpec, Command, OptionSpec } from '../command.ts';
import { type CompletionModel, isRest, type Offer, offerOf, spellingsOf, takesValue, valuedSpellings } from './model.ts';

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** The parts of a \`complete\` that offer words and paths; -f, -r and -F bind more than one line would tell. */
function offering({ words, list, paths }: Offer): string {
  const names = list ? `(__fish_append , ${words.join(' ')})` : words.join(' ');
  const all = paths === 'folders' ? '(__fish_complete_directories)' : names;
  return `${all === '' ? '' : ` -a ${quoted(all)}`}${paths === 'files' ? ' -F' : ''}`;
}

function optionLine({ name }: Command, option: OptionSpec, model: CompletionModel): string {
  const spellings = spellingsOf(option.flags).map((spelling) =>
    spelling.startsWith('--') ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`,
  );
  const offer = offerOf(option, model);
  const value = takesValue(option) ? ` -r${offer.paths === 'files' ? '' : ' -f'}${offering(offer)}` : '';
  return `complete -c armlens -n '__armlens_in ${name}' ${spellings.join(' ')}${value} -d ${quoted(option.help)}`;
}

function argumentLines({ name }: Command, arg: ArgumentSpec, i: number, model: CompletionModel): readonly string[] {
  const offer = offerOf(arg, model);
  const place = `__armlens_at ${name} ${i}${isRest(arg) ? ' rest' : ''}`;
  if (offer.entries)
    return [...model.entries].map(
      ([kind, names]) => `complete -c armlens -n '${place}; and __armlens_after ${kind}' -a ${quoted(names.join(' '))}`,
    );
  const part = offering(offer);
  return part === '' ? [] : [`complete -c armlens -n '${place}'${part}`];
}

/** Writes the script for fish, from 3.1 on. */
export function fishScript(model: CompletionModel): string {
  const lines = model.commands.flatMap((command) => [
    ...command.options.map((option) => optionLine(command, option, model)),
    ...command.args.flatMap((arg, i) => argumentLines(command, arg, i, model)),
  ]);
  return `# fish completion for armlens
function __armlens_words --description 'The command and its words, without options and their values'
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l skip no
    for token in $tokens
        if test $skip = yes
            set skip no
        else if contains -- $token ${valuedSpellings(model).join(' ')}
            set skip yes
        else if not string match -q -- '-?*' $token
            echo -- $token
        end
    end
end
function __armlens_in --description 'Whether a command stands on the line'
    set -l words (__armlens_words)
    test "$words[1]" = $argv[1]
end
function __armlens_at --description 'Whether the word is that of a command at a place'
    set -l words (__armlens_words)
    test "$words[1]" = $argv[1]; or return 1
    set -l place (math (count $words) - 1)
    test $place -eq $argv[2]; or test "$argv[3]" = rest -a $place -ge $argv[2]
end
function __armlens_after --description 'Whether the word before is this one'
    set -l words (__armlens_words)
    test "$words[-1]" = $argv[1]
end
function __armlens_first --description 'Whether no command stands on the line'
    test (count (__armlens_words)) -eq 0
end
complete -c armlens -e
complete -c armlens -f
${model.commands.map(({ name, summary }) => `complete -c armlens -n __armlens_first -a ${name} -d ${quoted(summary)}`).join('\n')}
complete -c armlens -n __armlens_first -a help -d 'what a command does'
complete -c armlens -n __armlens_first -s V -l version -d 'show the version'
complete -c armlens -n '__armlens_at help 0' -a ${quoted(model.words.command.join(' '))}
complete -c armlens -s h -l help -d 'show help'
${lines.join('\n')}
`;
}
