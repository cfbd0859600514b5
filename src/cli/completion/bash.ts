import type { ArgumentSpec, Command, OptionSpec } from '../command.ts';
import { type CompletionModel, isRest, type Offer, offerOf, spellingsOf, takesValue, valuedSpellings } from './model.ts';

function offering({ words, list, paths, entries }: Offer): string {
  const parts = [
    ...(entries ? ['_armlens_entries'] : []),
    ...(words.length > 0 ? [`_armlens_${list ? 'list' : 'words'} "${words.join(' ')}"`] : []),
    ...(paths === 'none' ? [] : [`_armlens_paths ${paths === 'files' ? '-f' : '-d'}`]),
  ];
  return parts.length === 0 ? ':' : parts.join('; ');
}

function optionCase(option: OptionSpec, model: CompletionModel): string {
  return `        ${spellingsOf(option.flags).join('|')}) ${offering(offerOf(option, model))}; return ;;`;
}

function argumentCase(arg: ArgumentSpec, i: number, model: CompletionModel): string {
  return `        ${isRest(arg) ? '*' : i}) ${offering(offerOf(arg, model))} ;;`;
}

function commandCase({ name, args, options }: Command, model: CompletionModel): string {
  const flags = options.flatMap((option) => spellingsOf(option.flags));
  return [
    `    ${name})`,
    '      case $prev in',
    ...options.filter(takesValue).map((option) => optionCase(option, model)),
    '      esac',
    `      if [[ $cur == -?* ]]; then _armlens_words "${[...flags, '--help'].join(' ')}"; return; fi`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
    '      case ${#words[@]} in',
    ...args.map((arg, i) => argumentCase(arg, i, model)),
    '      esac ;;',
  ].join('\n');
}

/** Writes the script for bash, from 3.2 on. */
export function bashScript(model: CompletionModel): string {
  const entries = [...model.entries].map(([kind, names]) => `    ${kind}) _armlens_words "${names.join(' ')}" ;;`);
  return `# bash completion for armlens
_armlens_words() { COMPREPLY+=($(compgen -W "$1" -- "$cur")); }
_armlens_list() {
  local before=
  [[ $cur == *,* ]] && before=\${cur%,*},
  COMPREPLY+=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
}
_armlens_paths() {
  local IFS=$'\\n'
  COMPREPLY+=($(compgen "$1" -- "$cur"))
  compopt -o filenames 2>/dev/null
}
_armlens_entries() {
  case \${words[0]} in
${entries.join('\n')}
  esac
}
_armlens() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words=() i
  COMPREPLY=()
  # --kernel=6.1 comes in three words.
  if [[ $cur == '=' ]]; then cur=; elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    _armlens_words "${[...model.words.command, 'help', '--help', '--version'].join(' ')}"
    return
  fi
  for ((i = 2; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${valuedSpellings(model).join('|')}) [[ \${COMP_WORDS[i+1]} == '=' ]] && ((i++)); ((i++)) ;;
      -?*) ;;
      *) words+=("\${COMP_WORDS[i]}") ;;
    esac
  done
  case \${COMP_WORDS[1]} in
${model.commands.map((command) => commandCase(command, model)).join('\n')}
    help) _armlens_words "${model.words.command.join(' ')}" ;;
  esac
}
complete -F _armlens armlens
`;
}
