import type { ArgumentSpec, Command, OptionSpec } from '../command.ts';
import type { CompletionModel } from './model.ts';
import { spellingsOf } from './model.ts';

function candidates({ completion }: OptionSpec | ArgumentSpec, words: CompletionModel['words']): string {
  const list = completion === undefined ? undefined : words[completion];
  const files = completion === 'file' || completion === 'input' || completion === 'capture' ? '; COMPREPLY+=($(compgen -f -- "$cur"))' : '';
  return list === undefined && files === '' ? ':' : `COMPREPLY=($(compgen -W "${(list ?? []).join(' ')}" -- "$cur"))${files}`;
}

function takesValue({ flags }: OptionSpec): boolean {
  return flags.includes('<');
}

function commandCase({ name, args, options }: Command, words: CompletionModel['words']): string {
  const valued = options
    .filter(takesValue)
    .map((option) => `        ${spellingsOf(option.flags).join('|')}) ${candidates(option, words)}; return ;;`);
  const flags = options.flatMap((option) => spellingsOf(option.flags));
  const positional = args.map((arg, i) => `        ${i}) ${candidates(arg, words)} ;;`);
  return [
    `    ${name})`,
    '      case "$prev" in',
    ...valued,
    '      esac',
    `      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "${[...flags, '--help'].join(' ')}" -- "$cur")); return; fi`,
    `      local values="${options
      .filter(takesValue)
      .flatMap((option) => spellingsOf(option.flags))
      .join(' ')}" position=0 i`,
    '      for ((i = 2; i < COMP_CWORD; i++)); do',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
    '        if [[ " $values " == *" ${COMP_WORDS[i]} "* ]]; then ((i++)); elif [[ ${COMP_WORDS[i]} != -* ]]; then ((position++)); fi',
    '      done',
    '      case $position in',
    ...positional,
    '      esac ;;',
  ].join('\n');
}

/** Writes the script for bash. */
export function bashScript({ commands, words }: CompletionModel): string {
  return `# bash completion for armlens
_armlens() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), '--help', '--version'].join(' ')}" -- "$cur"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map((command) => commandCase(command, words)).join('\n')}
  esac
}
complete -F _armlens armlens
`;
}
