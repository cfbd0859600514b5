import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, OptionSpec } from '../../src/cli/command.ts';
import { loadAllCommands } from '../../src/cli/commands.ts';
import { EXIT_MEANINGS, VARIABLES } from '../../src/cli/manual.ts';
import { KERNEL_OPTIONS, MACHINE_OPTIONS } from '../../src/cli/options.ts';
import { runGuarded } from '../../src/cli/run.ts';
import { type GeneratedFile, SPEC_DATA } from './spec-file.ts';
import { terminalPicture } from './terminal-picture.ts';

const COMMANDS_PAGE = 'src/guide/commands.md';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return `${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}`;
}

function pageLink(name: string | undefined): string {
  if (name === undefined || name === 'commands') return '';
  const title = /^# (.*)/.exec(readFileSync(join(SPEC_DATA, '..', 'src', 'guide', `${name}.md`), 'utf8'))![1]!;
  return `[${title}](${name}.md)`;
}

function optionTable(options: readonly OptionSpec[]): string {
  return table(
    ['option', 'means'],
    options.map(({ flags, help }) => [`\`${flags}\``, help]),
  );
}

function commandTable(commands: readonly Command[]): string {
  return table(
    ['command', 'does', 'more'],
    commands.map(({ name, summary, guide }) => [`\`${name}\``, summary, pageLink(guide)]),
  );
}

/** The tables of the page about commands, by the marker that each stands between. */
async function tables(): Promise<Readonly<Record<string, string>>> {
  return {
    machine: optionTable(MACHINE_OPTIONS),
    kernel: optionTable(KERNEL_OPTIONS),
    codes: table(['exit code', 'means'], Object.entries(EXIT_MEANINGS)),
    variables: table(
      ['variable', 'means'],
      Object.entries(VARIABLES).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
    commands: commandTable(await loadAllCommands()),
  };
}

/** What a command prints on a terminal with colours, 80 columns wide. */
async function coloured(argv: readonly string[]): Promise<string> {
  let out = '';
  const { nodeIo } = await import('../../src/cli/node-io.ts');
  const io = {
    ...nodeIo(),
    write: async (text: string | Uint8Array) => {
      out += text;
    },
    warn: () => {},
    color: true,
    columns: 80,
    stdinIsTerminal: true,
  };
  await runGuarded(argv, io);
  return out;
}

const PICTURED = ['why', 'ssbs', 'ampere-altra', '--kernel', '6.12.107', '--config', 'debian'];

/** What of the guide says what the command says of itself: the tables of options and commands, and the picture of the README. */
export async function generateGuide(): Promise<readonly GeneratedFile[]> {
  let page = readFileSync(join(SPEC_DATA, '..', COMMANDS_PAGE), 'utf8');
  for (const [name, text] of Object.entries(await tables()))
    page = page.replace(
      new RegExp(`(<!-- ${name} -->\\n\\n)[^]*?(\\n<!-- end -->)`),
      (_, before: string, after: string) => before + text + after,
    );
  const picture = terminalPicture(`armlens ${PICTURED.join(' ')}`, await coloured(PICTURED));
  return [
    { path: COMMANDS_PAGE, text: page },
    { path: 'src/guide/armlens.svg', text: picture },
  ];
}
