import { ArmlensError } from '../errors.ts';
import { COMMANDS } from './commands.ts';
import { CommandError, EXIT, type ExitCode, type Io, OutputClosed } from './io.ts';
import { printable } from './printable.ts';
import { quickParse } from './quick-parse.ts';

/** The codes of an {@link ArmlensError} that blame the input rather than the command line. */
const INPUT_CODES: ReadonlySet<string> = new Set(['bad-machine', 'bad-value', 'bad-record']);

function exitCodeOf(error: unknown, io: Io): ExitCode | undefined {
  if (error instanceof OutputClosed) return EXIT.ok;
  if (error instanceof CommandError) {
    io.warn(`armlens: ${printable(error.message)}`);
    return error.exitCode;
  }
  if (!(error instanceof ArmlensError)) return undefined;
  io.warn(`armlens: ${printable(error.message)}`);
  return INPUT_CODES.has(error.code) ? EXIT.badInput : EXIT.usage;
}

async function runOnce(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [word = '', ...rest] = argv;
  const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  const command = await load?.();
  const call = command === undefined ? undefined : quickParse(command, rest);
  if (command !== undefined && call !== undefined) return command.run({ ...call, io });
  const { runCommandLine } = await import('./program.ts');
  return runCommandLine(argv, io);
}

/** Runs a command line; what a person did wrong ends in one line and an exit code, never in a stack trace. */
export async function runGuarded(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await runOnce(argv, io);
  } catch (error) {
    const code = exitCodeOf(error, io);
    if (code !== undefined) return code;
    throw error;
  }
}
