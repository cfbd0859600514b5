import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a shell offers for a command line whose last word is being typed, sorted. */
export type Completer = (script: string, line: string) => readonly string[];

/** Runs a shell in an empty folder, with nothing to read; whatever it complains of is an error. */
function output(shell: string, args: readonly string[], files: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-shell-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const env = { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, LC_ALL: 'C', TERM: 'dumb' };
    const { status, stdout, stderr, error } = spawnSync(shell, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Only an end to what hangs.
      timeout: 100_000,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    if (stderr !== '' || status !== 0) throw new Error(`${shell} ended with ${status}: ${stderr}`);
    return [...new Set(stdout.replaceAll('\r', '').split('\n').filter(Boolean))].sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a shell is installed. */
export function hasShell(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true'], { stdio: 'ignore' }).status === 0;
}

const bash: Completer = (script, line) => {
  const words = line
    .split(/ |(=)/)
    .filter((word) => word !== undefined)
    .map((word) => `'${word}'`);
  const call = `. ./script; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _armlens; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return output('bash', ['--norc', '--noprofile', '-c', call], { script, 'a file.txt': '' });
};

/** Runs an interactive zsh at a terminal of its own, where `compadd` prints what matches, and presses the tabulator. */
const ZSH_DRIVER = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source ./inside'
zpty -r shell ready '*READY*'
zpty -w -n shell "$1"$'\\t'
zpty -r shell seen '*DONE*'
zpty -d shell
print -r -- $seen
`;
const ZSH_INSIDE = `
PROMPT=
autoload -Uz compinit
compinit -u -D
source ./script
bindkey '^I' complete-word
compadd() {
  # What only sorts out matches for a function that offers them later.
  if (($@[(I)-[AOD]*])); then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  local hit
  for hit in $hits; do print -r -- "MATCH $hit"; done
  builtin compadd "$@"
}
finished() { print -r -- DONE; }
compprefuncs=()
comppostfuncs=(finished)
print -r -- READY
`;

const zsh: Completer = (script, line) =>
  output('zsh', ['-f', './driver', line], { script, driver: ZSH_DRIVER, inside: ZSH_INSIDE, 'a file.txt': '' })
    .flatMap((match) => /MATCH (.*)/.exec(match)?.[1]?.trim() ?? [])
    .sort();

const fish: Completer = (script, line) =>
  output('fish', ['--no-config', '-c', 'source ./script; complete -C $argv[1]', line], { script, 'a file.txt': '' }).map((match) =>
    match.replace(/\t.*/, ''),
  );

/** How each shell is asked. */
export const COMPLETERS: Readonly<Record<string, Completer>> = { bash, zsh, fish };
