import { choicesHint } from '../nearest.ts';
import type { Command } from './command.ts';
import { loadAllCommands } from './commands.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import type { CompletionModel } from './completion/model.ts';
import { zshScript } from './completion/zsh.ts';
import { CommandError, EXIT } from './io.ts';

/** Writes a script for one shell. */
type ScriptWriter = (model: CompletionModel) => string;

const SHELLS: Readonly<Record<string, ScriptWriter>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

async function wordsOf(): Promise<CompletionModel['words']> {
  const [{ KNOWN_MACHINES }, { KNOWN_TREES }, { CONFIG_NAMES }, { REGISTER_NAMES }, { allHwcaps }, { CATALOGUES }, { KNOWN_CAPTURES }] =
    await Promise.all([
      import('../silicon/known-machine.ts'),
      import('../linux/release/known-trees.ts'),
      import('../linux/release/config.ts'),
      import('../formats/register-name.ts'),
      import('../answers/hwcap-facts.ts'),
      import('./catalogue/catalogue.ts'),
      import('../formats/known-capture.ts'),
    ]);
  const machines = KNOWN_MACHINES.map(({ name }) => name);
  return {
    machine: machines,
    input: machines,
    kernel: KNOWN_TREES.map(({ release }) => release),
    config: CONFIG_NAMES,
    register: REGISTER_NAMES,
    hwcap: allHwcaps().map(({ name }) => name),
    catalogue: Object.keys(CATALOGUES).flatMap((kind) => [kind, kind.slice(0, -1)]),
    capture: KNOWN_CAPTURES,
    shell: Object.keys(SHELLS),
  };
}

/** `armlens completion`: a script for the shell. */
export const completion: Command = {
  name: 'completion',
  summary: 'a completion script for bash, zsh or fish',
  args: [{ name: '<shell>', help: Object.keys(SHELLS).join(', '), completion: 'shell' }],
  options: [],
  examples: [
    'armlens completion bash > ~/.local/share/bash-completion/completions/armlens',
    'armlens completion zsh > ~/.zsh/completions/_armlens',
    'armlens completion fish > ~/.config/fish/completions/armlens.fish',
  ],
  guide: 'commands',
  async run({ positionals: [shell = ''], io }) {
    const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
    if (write === undefined)
      throw new CommandError(EXIT.usage, `completion: no script for ${shell}${choicesHint(shell, Object.keys(SHELLS))}`);
    await io.write(write({ commands: await loadAllCommands(), words: await wordsOf() }));
    return EXIT.ok;
  },
};
