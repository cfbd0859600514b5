import { ArmlensError } from '../errors.ts';
import { COMMANDS } from './commands.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { printableLine, withoutControls } from './printable.ts';
import { quickParse } from './quick-parse.ts';

/** The codes of an {@link ArmlensError} that blame the input rather than the command line. */
const INPUT_CODES: ReadonlySet<string> = new Set(['bad-machine', 'bad-value', 'bad-record']);

function toldOf(error: unknown): { readonly code: ExitCode; readonly message: string } {
  if (error instanceof CommandError) return { code: error.exitCode, message: error.message };
  if (error instanceof ArmlensError) return { code: INPUT_CODES.has(error.code) ? EXIT.badInput : EXIT.usage, message: error.message };
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: EXIT.failed, message: `a fault of armlens itself, please report it: ${what.slice(0, 500)}` };
}

/** Says in one line what went wrong, and gives the exit code for it. */
export function tellFailure(error: unknown, io: Pick<Io, 'warn'>): ExitCode {
  const { code, message } = toldOf(error);
  io.warn(`armlens: ${printableLine(message)}`);
  return code;
}

/** The same world, where nothing that is written holds control characters from outside. */
function guarded(io: Io): Io {
  return Object.create(io, {
    write: { value: (text: string | Uint8Array) => io.write(typeof text === 'string' ? withoutControls(text, io.color) : text) },
    warn: { value: (text: string) => io.warn(withoutControls(text, false)) },
  }) as Io;
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

/** Runs a command line; whatever goes wrong ends in one line and an exit code, never in a stack trace. */
export async function runGuarded(argv: readonly string[], io: Io): Promise<ExitCode> {
  const safe = guarded(io);
  try {
    const code = await runOnce(argv, safe);
    await io.flush();
    return code;
  } catch (error) {
    return tellFailure(error, safe);
  }
}
