import { ALL_PROGRAM_VERSIONS, type Conclusion, concludeAll } from '../answers/conclusions.ts';
import { processOfCapture } from '../answers/process-of-capture.ts';
import { answerLinesOf } from '../formats/answer-words.ts';
import type { Kernel } from '../linux/kernel.ts';
import { type Process, processOf } from '../process/process.ts';
import { type ChosenVersion, chooseVersions } from '../runtime/choose.ts';
import { PROGRAMS } from '../runtime/program.ts';
import { type Call, type Command, textOf } from './command.ts';
import { environmentOf, hasGuestOptions, headOf, type Input, kernelOf, machineInput } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';
import { printable } from './printable.ts';
import { paletteOf, wrap } from './style.ts';

/** What a call is about: what the process sees, and a line that says whose it is. */
interface Seen {
  readonly process: Process;
  readonly title: string;
  /** The kernel that was booted, if one was. */
  readonly kernel?: Kernel;
}

/** A text that tells what programs saw is taken at its word; a machine is booted. */
async function seenBy(input: Input, { values, io }: Call): Promise<Seen> {
  const chosen = ['kernel', 'config', 'cmdline', 'env'].some((name) => values[name] !== undefined);
  const told = input.seen === undefined || chosen || hasGuestOptions(values) ? undefined : processOfCapture(input.seen);
  if (told !== undefined) return { process: told, title: `${input.title}, as programs saw it` };
  const kernel = await kernelOf(values, io, input);
  const [{ boot }, { kernelTitle }] = await Promise.all([import('../linux/boot.ts'), import('./print-system.ts')]);
  const system = boot(input.machine, kernel, environmentOf(values, io, input));
  return { process: processOf(system), title: `${input.title} · ${kernelTitle(kernel, system.release)}`, kernel };
}

function warnStandIns(versions: readonly ChosenVersion[], io: Io): void {
  for (const { program, version, asked } of versions) {
    if (asked === undefined) continue;
    io.warn(`note: ${PROGRAMS[program].title} ${asked} was not looked at; the answer is that of ${version}`);
  }
}

async function page(conclusions: readonly Conclusion[], { title }: Seen, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const sections = [...new Set(conclusions.map(({ program }) => program))].map((program) => {
    const lines = answerLinesOf(conclusions.filter((one) => one.program === program)).map(({ versions: own, title: what, text }) => {
      const head = `${own.join(', ')}${what === '' ? '' : ` ${what}`}: `;
      return wrap(`${head}${text}`, io.columns, '    ').replace('    ', '  ');
    });
    return `\n${palette.head(PROGRAMS[program].title)}\n${lines.join('\n')}\n`;
  });
  return `${palette.head(wrap(printable(title), io.columns))}\n${sections.join('')}`;
}

async function answer(call: Call, versions: readonly ChosenVersion[] | undefined): Promise<ExitCode> {
  const { positionals, values, io } = call;
  const input = await machineInput(positionals, values, io);
  const seen = await seenBy(input, call);
  warnStandIns(versions ?? [], io);
  if (values.json === true) {
    const [{ runtimeObject }, { formatAnswer }] = await Promise.all([import('./runtime-stream.ts'), import('../formats/json.ts')]);
    const { kernel } = seen;
    await io.write(formatAnswer('runtime', headOf(input, kernel), runtimeObject(seen.process, versions)));
  } else await io.write(await page(concludeAll(seen.process, versions ?? ALL_PROGRAM_VERSIONS), seen, io));
  return input.damaged ? EXIT.badInput : EXIT.ok;
}

/** `armlens runtime`: what programs conclude from what they see. */
export const runtime: Command = {
  name: 'runtime',
  summary: 'what Go, Rust, GCC, LLVM, glibc, libgcc and OpenSSL conclude',
  args: [MACHINE_ARGUMENT],
  options: [
    ...SYSTEM_OPTIONS,
    { flags: '--of <list>', help: 'these programs only: go, rust@1.85, libgcc, …', completion: 'none' },
    { flags: '--ndjson', help: 'a stream: one JSON record a line in, one result a line out' },
    JSON_OPTION,
  ],
  examples: [
    'armlens runtime apple-m1 --of go,rust@1.85',
    'armlens runtime /proc/cpuinfo --of gcc',
    'armlens runtime ampere-altra --kernel 6.1 --of glibc --json',
    'armlens runtime --ndjson < processes.ndjson',
  ],
  guide: 'runtimes',
  async run(call) {
    const { values, io, positionals } = call;
    const list = textOf(values, 'of');
    const versions = list === undefined ? undefined : chooseVersions(list);
    if (values.ndjson !== true) return answer(call, versions);
    const foreign = ['machine', 'unlisted', 'kernel', 'config', 'cmdline', 'env', 'mask', 'template', 'set', 'json'].find(
      (name) => values[name] !== undefined,
    );
    if (foreign !== undefined) throw new CommandError(EXIT.usage, `--ndjson takes no --${foreign}: each record brings its own`);
    const { runtimeStream } = await import('./runtime-stream.ts');
    return runtimeStream(io, positionals[0] ?? '-', versions);
  },
};
