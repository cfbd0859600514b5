import type { ArgumentSpec, Command, OptionSpec } from '../command.ts';
import { type CompletionModel, isRest, type Offer, offerOf, spellingsOf, takesValue, valuedSpellings } from './model.ts';

/** Quotes a text for use between single quotes inside an _arguments specification. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "'\\''").replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:');
}

function action({ words, list, paths, entries }: Offer): string {
  if (entries) return '_armlens_entries';
  if (list) return `_values -s , part ${words.join(' ')}`;
  if (paths === 'folders') return '_files -/';
  if (paths === 'files') return words.length === 0 ? '_files' : `_armlens_or_files ${words.join(' ')}`;
  return words.length === 0 ? ' ' : `(${words.join(' ')})`;
}

function optionSpec(option: OptionSpec, model: CompletionModel): readonly string[] {
  const spellings = spellingsOf(option.flags);
  const isValued = takesValue(option);
  const value = isValued ? `:value:${action(offerOf(option, model))}` : '';
  const once = option.many ? '*' : `(${spellings.join(' ')})`;
  return spellings.map(
    (spelling) => `      '${once}${spelling}${isValued && spelling.startsWith('--') ? '=' : ''}[${escaped(option.help)}]${value}'`,
  );
}

function argumentSpec(arg: ArgumentSpec, i: number, model: CompletionModel): string {
  return `      '${isRest(arg) ? '*' : i + 1}:${escaped(arg.help)}:${action(offerOf(arg, model))}'`;
}

function commandCase({ name, args, options }: Command, model: CompletionModel): string {
  const specs = [
    ...options.flatMap((option) => optionSpec(option, model)),
    "      '--help[show help]'",
    ...args.map((arg, i) => argumentSpec(arg, i, model)),
  ];
  return `    ${name}) _arguments \\\n${specs.join(' \\\n')} ;;`;
}

/** Writes the script for zsh. */
export function zshScript(model: CompletionModel): string {
  const described = model.commands.map(({ name, summary }) => `    '${name}:${escaped(summary)}'`);
  const entries = [...model.entries].map(([kind, names]) => `      ${kind}) names=(${names.join(' ')}) ;;`);
  return `#compdef armlens
_armlens_or_files() {
  local -a names
  names=("$@")
  while [[ $names[1] == -* ]]; do shift names; done
  _alternative 'names:name:(($names))' 'files:file:_files'
}
_armlens_entries() {
  local -a names
  local i word
  for ((i = 2; i < CURRENT; i++)); do
    case $words[i] in
      ${valuedSpellings(model).join('|')}) ((i++)); continue ;;
      -?*) continue ;;
    esac
    word=$words[i]
    break
  done
  case $word in
${entries.join('\n')}
  esac
  compadd -a names
}
_armlens() {
  local -a commands
  commands=(
${described.join('\n')}
    'help:what a command does'
  )
  if ((CURRENT == 2)); then _describe command commands; return; fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${model.commands.map((command) => commandCase(command, model)).join('\n')}
    help) _describe command commands ;;
  esac
}
if [[ $funcstack[1] == _armlens ]]; then _armlens "$@"; else compdef _armlens armlens; fi
`;
}
