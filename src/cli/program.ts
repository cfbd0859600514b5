import { Command as Commander, CommanderError, Option } from 'commander';
import type { Command, OptionSpec, Values } from './command.ts';
import { COMMANDS, loadAllCommands } from './commands.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';
import { VERSION } from './version.ts';

const INTRO =
  'Shows what software sees of an Arm CPU, and why: from ID registers to Linux hwcaps, /proc/cpuinfo and the EL0 view, for kernels from 4.4 to 7.2.';

const OUTRO = `
Exit codes: 0 fine; 1 the answer is "no" or "they differ"; 2 usage; 3 bad input.
Results go to standard output, findings to standard error.`;

/** A call that was understood: which command, with what. */
interface Parsed {
  readonly command: Command;
  readonly positionals: readonly string[];
  readonly values: Values;
}

function optionOf({ flags, help, many }: OptionSpec): Option {
  const option = new Option(flags, help);
  return many ? option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]) : option;
}

function subCommand(command: Command, parsed: (call: Parsed) => void): Commander {
  const sub = new Commander(command.name).summary(command.summary).description(command.summary);
  for (const { name, help } of command.args) sub.argument(name, help);
  for (const spec of command.options) sub.addOption(optionOf(spec));
  sub.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  sub.action(() => parsed({ command, positionals: sub.args, values: sub.opts<Values>() }));
  return sub;
}

/** The commands that a call needs: the one that it names, or all of them for the help and for suggestions. */
async function neededCommands(argv: readonly string[]): Promise<readonly Command[]> {
  const named = argv[0] !== undefined && Object.hasOwn(COMMANDS, argv[0]) ? COMMANDS[argv[0]] : undefined;
  return named === undefined ? loadAllCommands() : [await named()];
}

/**
 * Reads a command line and runs the command that it names. Help goes to the result, what was wrong with the command line to the
 * findings.
 */
export async function runCommandLine(argv: readonly string[], io: Io): Promise<ExitCode> {
  let call: Parsed | undefined;
  let help = '';
  const output = {
    writeOut: (text: string) => {
      help += text;
    },
    writeErr: (text: string) => io.warn(text.trimEnd()),
    getOutHelpWidth: () => io.columns,
    getErrHelpWidth: () => io.columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
  const program = new Commander('armlens').description(INTRO).version(VERSION, '-V, --version').addHelpText('after', OUTRO);
  program.configureOutput(output).exitOverride().showHelpAfterError('(armlens --help tells more)').enablePositionalOptions();
  for (const command of await neededCommands(argv)) {
    const sub = subCommand(command, (parsed) => {
      call = parsed;
    });
    program.addCommand(sub.copyInheritedSettings(program).showHelpAfterError(`(armlens ${command.name} --help tells more)`));
  }
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help !== '') await io.write(help);
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return call === undefined ? EXIT.usage : call.command.run({ ...call, io });
}
