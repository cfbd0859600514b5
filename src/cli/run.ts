import { ArmlensError } from '../errors.ts';
import { formatError } from '../formats/json.ts';
import { COMMANDS } from './commands.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { printableLine, withoutControls } from './printable.ts';
import { quickParse } from './quick-parse.ts';

/** The codes of an {@link ArmlensError} that blame the input rather than the command line. */
const INPUT_CODES: ReadonlySet<string> = new Set(['bad-machine', 'bad-value', 'bad-record']);

/** What went wrong: a stable code, a sentence, and how the command ends. */
interface Fault {
  readonly code: string;
  readonly message: string;
  readonly exit: ExitCode;
}

/** What a {@link CommandError} is called by its exit code. */
const CODES: Readonly<Record<ExitCode, string>> = { 0: 'fault', 1: 'fault', 2: 'usage', 3: 'bad-input', 4: 'failed' };

function faultOf(error: unknown): Fault {
  if (error instanceof CommandError) return { code: CODES[error.exitCode], message: error.message, exit: error.exitCode };
  if (error instanceof ArmlensError) {
    const { code, message } = error;
    return { code, message, exit: INPUT_CODES.has(code) ? EXIT.badInput : EXIT.usage };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'fault', message: `a fault of armlens itself, please report it: ${what.slice(0, 500)}`, exit: EXIT.failed };
}

/** Says in one line what went wrong, and gives the exit code for it. */
export function tellFailure(error: unknown, io: Pick<Io, 'warn'>): ExitCode {
  const { exit, message } = faultOf(error);
  io.warn(`armlens: ${printableLine(message)}`);
  return exit;
}

/** Says the same as JSON in the place of the answer, unless that cannot be written. */
async function answerFailure(error: unknown, io: Io): Promise<void> {
  const { code, message } = faultOf(error);
  try {
    await io.write(formatError(code, message));
    await io.flush();
  } catch {
    // It was said on standard error.
  }
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

/**
 * Runs a command line; whatever goes wrong ends in one line and an exit code, never in a stack trace. If JSON was asked for, it is told
 * in the place of the answer, too.
 */
export async function runGuarded(argv: readonly string[], io: Io): Promise<ExitCode> {
  const safe = guarded(io);
  try {
    const code = await runOnce(argv, safe);
    await io.flush();
    return code;
  } catch (error) {
    const code = tellFailure(error, safe);
    if (argv.includes('--json')) await answerFailure(error, safe);
    return code;
  }
}
