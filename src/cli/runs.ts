import { type BuildVerdict, type LackingUse, type Runs, type RunsOn, runsOn } from '../answers/runs.ts';
import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import type { Process } from '../process/process.ts';
import { type Call, type Command, textOf } from './command.ts';
import { environmentOf, headOf, inputOf, kernelOf, machineInput } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';
import { printable } from './printable.ts';
import { paletteOf, wrap } from './style.ts';

const VERDICTS = new Map<boolean | undefined, string>([
  [true, 'yes'],
  [false, 'no: it may end with SIGILL'],
  [undefined, 'not known'],
]);

/** The process on the machine that built, if one is named. */
async function builder({ values, io }: Call): Promise<Process | undefined> {
  const word = textOf(values, 'builtOn');
  if (word === undefined) return undefined;
  const input = await inputOf(word, io, textOf(values, 'from'));
  const [{ boot }, { processOf }, { processOfCapture }] = await Promise.all([
    import('../linux/boot.ts'),
    import('../process/process.ts'),
    import('../answers/process-of-capture.ts'),
  ]);
  const told = input.seen === undefined ? undefined : processOfCapture(input.seen);
  return told ?? processOf(boot(input.machine, await kernelOf({}, io, input), input.environment));
}

function useLine({ archFeature, from, description }: LackingUse, io: Io): string {
  return wrap(`${archFeature} (${from})${description === '' ? '' : `: ${description}`}`, io.columns, '      ').replace(/^ {2}/, '');
}

async function buildSection(build: BuildVerdict, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const { by, flag, runs, lacks, open, tolerated } = build;
  const part = (title: string, uses: readonly LackingUse[]): string =>
    uses.length === 0 ? '' : `  ${title}\n${uses.map((use) => useLine(use, io)).join('\n')}\n`;
  return [
    `${wrap(`${palette.strong(by)} ${flag}: ${VERDICTS.get(runs)}`, io.columns, '')}\n`,
    part('may trap:', lacks),
    part('not known:', open),
    tolerated.length === 0
      ? ''
      : `${wrap(`turned on and not there, but never emitted unasked: ${tolerated.map(({ archFeature }) => archFeature).join(' ')}`, io.columns, '  ')}\n`,
  ].join('');
}

function cloneLine({ library, version, open }: Runs['clones'][number]): string {
  return `  ${library}: ${version ?? `not known; one of ${open.join(', ')}`}\n`;
}

async function page(found: Runs, title: string, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const { builds, unknown, clones, ignored, most } = found;
  const sections = await Promise.all(builds.map((build) => buildSection(build, io)));
  const flags = [most.gcc, most.llvm, most.go, most.rust].filter((flag) => flag !== '');
  return [
    `${palette.head(`Does it run? ${VERDICTS.get(found.runs)}`)}\n${printable(title)}\n`,
    builds.length === 0 ? '' : `\n${sections.join('')}`,
    ...unknown.map(({ by, flag, message }) => `${wrap(`${by} ${flag}: ${message}`, io.columns, '')}\n`),
    clones.length === 0 ? '' : `\n${palette.head('The version of the function that is called')}\n${clones.map(cloneLine).join('')}`,
    ignored.length === 0 ? '' : `\n${wrap(`Not looked at: ${ignored.join(' ')}`, io.columns, '')}\n`,
    `\n${palette.head('The most that runs')}\n${flags.map((flag) => `  ${flag}\n`).join('')}`,
  ].join('');
}

/** What is wrong with the flags is wrong with the call. */
function answer(flags: string, on: RunsOn): Runs {
  try {
    return runsOn(flags, on);
  } catch (cause) {
    if (cause instanceof ArmlensError && cause.code === 'bad-value') throw new CommandError(EXIT.usage, `runs: ${cause.message}`);
    throw cause;
  }
}

function exitCode({ runs }: Runs, damaged: boolean): ExitCode {
  if (damaged) return EXIT.badInput;
  return runs === true ? EXIT.ok : EXIT.differs;
}

/** `armlens runs`: whether code built so runs there. */
export const runs: Command = {
  name: 'runs',
  summary: 'whether code built with some flags runs on a machine, what may trap, and the most that runs',
  args: [
    {
      name: '<flags>',
      help: 'as given to the compiler, in one word: "-march=armv9-a+sve2", "-C target-cpu=…", GOARM64=v8.2',
      completion: 'none',
    },
    MACHINE_ARGUMENT,
  ],
  options: [
    ...SYSTEM_OPTIONS,
    { flags: '--built-on <machine>', help: 'the machine that built, for -march=native and -mcpu=native', completion: 'input' },
    JSON_OPTION,
  ],
  examples: [
    'armlens runs "-march=armv9-a+sve2" ampere-altra',
    'armlens runs "-mcpu=cortex-a72" raspberry-pi-4',
    'armlens runs "-mcpu=native" ampere-altra --built-on trm-neoverse-v1',
    'armlens runs "GOARM64=v8.2,crypto" apple-m1 --kernel 6.1 --json',
    'armlens runs \'target_clones("sve2","default")\' trm-neoverse-n2',
  ],
  guide: 'runtimes',
  foreign: /^-(m[a-z]+=|C|[OWfgDI])/,
  async run(call) {
    const { positionals, values, io } = call;
    const [flags, ...words] = positionals;
    if (flags === undefined)
      throw new CommandError(EXIT.usage, 'runs: built with which flags? such as armlens runs "-march=armv8.2-a" apple-m1');
    const input = await machineInput(words, values, io);
    const kernel = await kernelOf(values, io, input);
    const [{ boot }, { kernelTitle }] = await Promise.all([import('../linux/boot.ts'), import('./print-system.ts')]);
    const system = boot(input.machine, kernel, environmentOf(values, io, input));
    const builtOn = await builder(call);
    const found = answer(flags, { system, kernel, ...given({ builtOn }) });
    if (values.json === true) {
      const { formatAnswer } = await import('../formats/json.ts');
      await io.write(formatAnswer('runs', headOf(input, kernel), { flags, ...found }));
    } else await io.write(await page(found, `${input.title} · ${kernelTitle(kernel, system.release)}`, io));
    return exitCode(found, input.damaged);
  },
};
