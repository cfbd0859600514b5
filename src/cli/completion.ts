import { choicesHint } from '../nearest.ts';
import type { Command } from './command.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import type { CompletionModel } from './completion/model.ts';
import { zshScript } from './completion/zsh.ts';
import { CommandError, EXIT } from './io.ts';

/** Writes a script for one shell. */
type ScriptWriter = (model: CompletionModel) => string;

const SHELLS: Readonly<Record<string, ScriptWriter>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

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
    const { completionModel } = await import('./completion/words.ts');
    await io.write(write(await completionModel(Object.keys(SHELLS))));
    return EXIT.ok;
  },
};
