import type { ArgumentSpec, Command, OptionSpec } from '../command.ts';
import { type CompletionModel, spellingsOf } from './model.ts';

/** Quotes a text for use between single quotes inside an _arguments specification. */
function escaped(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:');
}

function action({ completion }: OptionSpec | ArgumentSpec, words: CompletionModel['words']): string {
  const list = completion === undefined ? undefined : words[completion];
  if (completion === 'file') return '_files';
  if (list === undefined) return ' ';
  if (completion === 'capture') return `_alternative 'captures:capture:(${list.join(' ')})' 'files:file:_files'`;
  return completion === 'input' ? '_armlens_input' : `(${list.join(' ')})`;
}

function optionSpec(option: OptionSpec, words: CompletionModel['words']): string[] {
  const value = option.flags.includes('<') ? `:value:${action(option, words)}` : '';
  const repeat = option.many ? '*' : '';
  return spellingsOf(option.flags).map((spelling) => `      '${repeat}${spelling}[${escaped(option.help)}]${value}'`);
}

function commandCase({ name, args, options }: Command, words: CompletionModel['words']): string {
  const specs = [
    ...options.flatMap((option) => optionSpec(option, words)),
    "      '--help[show help]'",
    ...args.map((arg, i) => `      '${i + 1}:${escaped(arg.help)}:${action(arg, words)}'`),
  ];
  return `    ${name}) _arguments \\\n${specs.join(' \\\n')} ;;`;
}

/** Writes the script for zsh. */
export function zshScript({ commands, words }: CompletionModel): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${escaped(summary)}'`);
  return `#compdef armlens
_armlens_input() {
  _alternative 'machines:machine:(${(words.machine ?? []).join(' ')})' 'files:file:_files'
}
_armlens() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then _describe command commands; return; fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map((command) => commandCase(command, words)).join('\n')}
  esac
}
if [[ $funcstack[1] == _armlens ]]; then _armlens "$@"; else compdef _armlens armlens; fi
`;
}
