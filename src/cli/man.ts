import type { Command } from './command.ts';
import { loadAllCommands } from './commands.ts';
import { EXIT } from './io.ts';
import { manPage } from './man-page.ts';
import { VERSION } from './version.ts';

/** `armlens man`: the manual page, for where none was installed. */
export const man: Command = {
  name: 'man',
  summary: 'the manual page, in troff; an installed package has it as man armlens',
  args: [],
  options: [],
  examples: ['armlens man | man -l -', 'armlens man > ~/.local/share/man/man1/armlens.1'],
  guide: 'commands',
  async run({ io }) {
    await io.write(manPage(await loadAllCommands(), VERSION));
    return EXIT.ok;
  },
};
