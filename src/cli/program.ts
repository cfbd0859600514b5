import { Command as Commander, CommanderError, Option } from 'commander';
import type { Command, OptionSpec, Values } from './command.ts';
import { COMMANDS, loadAllCommands } from './commands.ts';
import { markForeign, unmarkForeign } from './foreign-words.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { commandGroup, EXIT_MEANINGS, FIRST_STEPS, GUIDE_ADDRESS, INTRO, MACHINE_WORDS, STREAMS } from './manual.ts';
import { aligned, wrap } from './style.ts';
import { commandHint, complaintOf, RepeatedOption } from './usage-error.ts';
import { VERSION } from './version.ts';

/** A call that was understood: which command, with what. */
interface Parsed {
  readonly command: Command;
  readonly positionals: readonly string[];
  readonly values: Values;
}

function outro(columns: number): string {
  const codes = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `${code} ${meaning}`);
  return [
    '',
    wrap(`Exit codes: ${codes.join('; ')}.`, columns),
    wrap(STREAMS, columns),
    wrap(MACHINE_WORDS, columns),
    wrap(`Guide: armlens serve --open, or ${GUIDE_ADDRESS}`, columns),
    '',
    'To begin with:',
    aligned(FIRST_STEPS).trimEnd(),
  ].join('\n');
}

function afterCommand({ examples, guide }: Command, columns: number): string {
  const page =
    guide === undefined ? '' : `\n${wrap(`Guide: armlens serve --open, then guide/${guide}/; or ${GUIDE_ADDRESS}/${guide}.md`, columns)}`;
  return `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}${page === '' ? '' : `\n${page}`}`;
}

function optionOf({ flags, help, many, group }: OptionSpec): Option {
  const option = new Option(flags, help);
  if (group !== undefined) option.helpGroup(`${group}:`);
  if (many) return option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  if (!flags.includes('<')) return option;
  return option.argParser((value: string, before: string | undefined) => {
    if (before !== undefined) throw new RepeatedOption(option.long ?? flags);
    return value;
  });
}

function subCommand(command: Command, columns: number, parsed: (call: Parsed) => void): Commander {
  const sub = new Commander(command.name).summary(command.summary).description(command.summary);
  sub.helpGroup(`${commandGroup(command.name)}:`);
  for (const { name, help } of command.args) sub.argument(name, help);
  for (const spec of command.options) sub.addOption(optionOf(spec));
  sub.addHelpText('after', afterCommand(command, columns));
  sub.action(() => parsed({ command, positionals: unmarkForeign(sub.args), values: sub.opts<Values>() }));
  return sub;
}

/** Help is wrapped in any terminal that {@link Io.columns} tells of; the library leaves a column that is narrower than this as it is. */
const LEAST_TO_WRAP = 10;

const VERSION_FLAGS = '-V, --version';

/** The commands that a call needs: the one that it names, none for the version, or all of them for the help and for suggestions. */
async function neededCommands(argv: readonly string[]): Promise<readonly Command[]> {
  if (VERSION_FLAGS.split(', ').includes(argv[0] ?? '')) return [];
  const named = argv[0] !== undefined && Object.hasOwn(COMMANDS, argv[0]) ? COMMANDS[argv[0]] : undefined;
  return named === undefined ? loadAllCommands() : [await named()];
}

/** What of `help foo` or of a first word names no command. */
function misnamed([first, second]: readonly string[]): string | undefined {
  const word = first === 'help' ? second : first;
  return word === undefined || word.startsWith('-') || word === 'help' || Object.hasOwn(COMMANDS, word) ? undefined : word;
}

/**
 * Reads a command line and runs the command that it names. Help goes to the result; what is wrong with the command line is thrown as a
 * {@link CommandError}.
 */
export async function runCommandLine(argv: readonly string[], io: Io): Promise<ExitCode> {
  const unknown = misnamed(argv);
  if (unknown !== undefined) throw new CommandError(EXIT.usage, await commandHint(unknown, io));
  let call: Parsed | undefined;
  let help = '';
  const output = {
    writeOut: (text: string) => {
      help += text;
    },
    outputError: () => {},
    getOutHelpWidth: () => io.columns,
    getErrHelpWidth: () => io.columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
  const commands = await neededCommands(argv);
  const program = new Commander('armlens').description(INTRO).version(VERSION, VERSION_FLAGS).addHelpText('after', outro(io.columns));
  // Every command takes options; the list of commands says what is particular.
  const subcommandTerm = (sub: Commander): string =>
    [
      sub.name(),
      ...sub.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}${one.variadic ? '...' : ''}]`)),
    ].join(' ');
  program
    .commandsGroup(`${commandGroup('help')}:`)
    .configureHelp({ subcommandTerm, minWidthToWrap: LEAST_TO_WRAP })
    .configureOutput(output)
    .exitOverride()
    .enablePositionalOptions();
  for (const command of commands) {
    const sub = subCommand(command, io.columns, (parsed) => {
      call = parsed;
    });
    program.addCommand(sub.copyInheritedSettings(program));
  }
  try {
    const words = commands.length === 1 ? markForeign(commands[0]!, argv) : argv;
    await program.parseAsync(argv.length === 0 ? ['--help'] : words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help !== '') await io.write(help);
    if (error.exitCode === 0) return EXIT.ok;
    throw new CommandError(EXIT.usage, complaintOf(error, commands.length === 1 ? commands[0] : undefined, argv));
  }
  return call === undefined ? EXIT.usage : call.command.run({ ...call, io });
}
