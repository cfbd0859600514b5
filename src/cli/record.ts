import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import { RecorderFault } from '../recorder/fault.ts';
import { formatRecording } from '../recorder/format-recording.ts';
import type { KernelFiles } from '../recorder/kernel-files.ts';
import type { MatrixRow } from '../recorder/matrix.ts';
import type { Emulator, Recorded } from '../recorder/record.ts';
import { type Call, type Command, textOf, textsOf } from './command.ts';
import { CommandError, EXIT, type ExitCode, type Io, type Progress } from './io.ts';
import { JSON_OPTION } from './options.ts';
import { printable } from './printable.ts';
import { type Palette, paletteOf, wrap } from './style.ts';

/** One row of the matrix, and what became of it. */
interface Outcome {
  readonly row: MatrixRow;
  readonly recorded?: Recorded;
  readonly path?: string;
  readonly fault?: RecorderFault;
}

function wholeNumber(call: Call, name: string, fallback: number, most: number): number {
  const text = textOf(call.values, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d{1,6}$/.test(text) && value >= 1 && value <= most) return value;
  throw new CommandError(EXIT.usage, `record: --${name}: expected a number from 1 to ${most}, got ${text}`);
}

async function rowsOf(call: Call): Promise<readonly MatrixRow[]> {
  const { values, io } = call;
  const defaults: MatrixRow = {
    kernel: textsOf(values, 'image'),
    cpu: textOf(values, 'qemuCpu') ?? 'max',
    machine: textOf(values, 'qemuMachine') ?? 'virt,gic-version=3',
    append: textOf(values, 'append') ?? '',
    smp: wholeNumber(call, 'smp', 2, 512),
  };
  const matrix = textOf(values, 'matrix');
  if (matrix !== undefined) return (await import('../recorder/matrix.ts')).parseMatrix(matrix, await io.read(matrix), defaults);
  if (defaults.kernel.length === 0) throw new CommandError(EXIT.usage, 'record: which kernel? --image takes an image or a Debian package');
  return [defaults];
}

/** Kernels by their files, each read once; only the last one is kept, since they are large. */
function kernelReader(): (paths: readonly string[]) => Promise<KernelFiles> {
  let last: { readonly key: string; readonly files: Promise<KernelFiles> } | undefined;
  return async (paths) => {
    const { readKernelFiles } = await import('../recorder/kernel-files.ts');
    const key = paths.join('\n');
    if (last?.key !== key) last = { key, files: readKernelFiles(paths) };
    return last.files;
  };
}

/** What is wrong with one boot leaves the others alone; a release that is not known is such a thing, too. */
function asFault(cause: unknown): RecorderFault {
  if (cause instanceof RecorderFault) return cause;
  if (cause instanceof ArmlensError) return new RecorderFault('input', cause.message);
  throw cause;
}

type Tell = (outcome: Outcome) => Promise<void>;

/** Records all rows. Each outcome is told as soon as it is there; where a bar shows the progress, once that is gone. */
async function recordAll(rows: readonly MatrixRow[], emulator: Emulator, folder: string, io: Io, tell: Tell): Promise<readonly Outcome[]> {
  const { recordBoot } = await import('../recorder/record.ts');
  const filesOf = kernelReader();
  const bar: Progress | undefined = await io.steps(rows.length * 100);
  const outcomes: Outcome[] = [];
  const names = new Map<string, number>();
  try {
    for (const [i, row] of rows.entries()) {
      try {
        const recorded = await recordBoot(await filesOf(row.kernel), row, emulator, (share) => bar?.update(Math.round((i + share) * 100)));
        const { name } = recorded.recording;
        const count = (names.get(name) ?? 0) + 1;
        names.set(name, count);
        const path = `${folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`}${name}${count === 1 ? '' : `-${count}`}.json`;
        await io.writeFile(path, formatRecording(recorded.recording));
        outcomes.push({ row, recorded, path });
      } catch (cause) {
        outcomes.push({ row, fault: asFault(cause) });
      }
      if (bar === undefined) await tell(outcomes.at(-1)!);
    }
  } finally {
    bar?.stop();
  }
  if (bar !== undefined) for (const outcome of outcomes) await tell(outcome);
  return outcomes;
}

const MOST = 12;

function listed(sign: string, items: readonly string[], io: Io): readonly string[] {
  const more = items.length - MOST;
  const lines = items.slice(0, MOST).map((item) => wrap(printable(`${sign} ${item}`), io.columns, '    '));
  return more > 0 ? [...lines, `    … and ${more} more`] : lines;
}

/** Why a boot was not recorded, for the person. */
function faultLine({ row, fault }: Outcome, io: Io): string {
  return wrap(printable(`record: ${row.cpu}, ${row.machine}: ${fault!.message}`), io.columns, '');
}

function outcomeLines({ recorded, path }: Outcome, palette: Palette, io: Io): readonly string[] {
  if (recorded === undefined) return [];
  const { parts, differences } = recorded.comparison;
  const head = printable(path ?? '');
  if (differences.length === 0) return [`${palette.good('✓')} ${head}: all ${parts.length} parts as derived`];
  return [
    `${palette.bad('✗')} ${head}: ${differences.length} of ${parts.length} parts differ`,
    ...differences.flatMap(({ part, recorded: own, derived }) => [
      `  ${part}`,
      ...listed('recorded', own, io),
      ...listed('derived', derived, io),
    ]),
  ];
}

function answerOf(outcomes: readonly Outcome[]): object {
  return {
    records: outcomes.map(({ row, recorded, path, fault }) => ({
      ...row,
      ...given({ path }),
      ...(recorded === undefined ? { error: fault!.message } : { release: recorded.recording.kernel.release, ...recorded.comparison }),
    })),
  };
}

function exitCode(outcomes: readonly Outcome[]): ExitCode {
  const faults = outcomes.flatMap(({ fault }) => fault ?? []);
  if (faults.some(({ kind }) => kind === 'work')) return EXIT.failed;
  if (faults.length > 0) return EXIT.badInput;
  return outcomes.some(({ recorded }) => recorded!.comparison.differences.length > 0) ? EXIT.differs : EXIT.ok;
}

async function runRecord(call: Call): Promise<ExitCode> {
  const { values, io } = call;
  const emulator: Emulator = {
    qemu: textOf(values, 'qemu') ?? 'qemu-system-aarch64',
    timeout: wholeNumber(call, 'timeout', 120, 86_400),
    memory: wholeNumber(call, 'memory', 1024, 1 << 18),
  };
  let rows: readonly MatrixRow[];
  try {
    rows = await rowsOf(call);
  } catch (cause) {
    if (cause instanceof RecorderFault) throw new CommandError(EXIT.badInput, cause.message);
    throw cause;
  }
  const palette = await paletteOf(io);
  const tell: Tell = async (outcome) => {
    if (outcome.fault !== undefined) io.warn(faultLine(outcome, io));
    else if (values.json !== true) await io.write(`${outcomeLines(outcome, palette, io).join('\n')}\n`);
  };
  const folder = textOf(values, 'out') ?? '.';
  // Before the first boot, not after it.
  if (!(await io.exists(folder))) await io.writeFolder(folder, new Map(), false);
  const outcomes = await recordAll(rows, emulator, folder, io, tell);
  if (values.json === true) {
    const { formatAnswer } = await import('../formats/json.ts');
    await io.write(formatAnswer('recording', { subject: rows.map(({ kernel }) => ({ name: kernel.join(', ') })) }, answerOf(outcomes)));
  }
  return exitCode(outcomes);
}

/** `armlens record`: boots kernels under an emulator, and holds what they show against what is derived. */
export const record: Command = {
  name: 'record',
  summary: 'boots a kernel under QEMU, records what it shows, and compares it with what is derived',
  args: [],
  options: [
    {
      flags: '--image <file>',
      help: 'an arm64 image, a Debian package, a configuration; once for each file',
      many: true,
      completion: 'file',
    },
    { flags: '--qemu-cpu <model>', help: "QEMU's -cpu (default max)", completion: 'none' },
    { flags: '--qemu-machine <options>', help: "QEMU's -machine, a virt (default virt,gic-version=3)", completion: 'none' },
    { flags: '--smp <count>', help: 'how many CPUs (default 2)', completion: 'none' },
    { flags: '--append <words>', help: "words of the kernel's command line", completion: 'none' },
    {
      flags: '--matrix <file>',
      help: 'JSON: kernel, cpu, machine, append, smp, each a value or a list; all combinations are booted',
      completion: 'file',
    },
    { flags: '--out <folder>', help: 'where the recordings go, made if it is missing (default: here)', completion: 'folder' },
    { flags: '--timeout <seconds>', help: 'how long one boot may take (default 120)', completion: 'none' },
    { flags: '--memory <MB>', help: 'memory of the machine (default 1024)', completion: 'none' },
    { flags: '--qemu <program>', help: 'the emulator (default qemu-system-aarch64)', completion: 'file' },
    JSON_OPTION,
  ],
  examples: [
    'armlens record --image Image --image .config --qemu-cpu neoverse-n1',
    'armlens record --image linux-image.deb --append arm64.nosve',
    'armlens record --matrix matrix.json --out recordings --json',
  ],
  guide: 'prove-it',
  run: runRecord,
};
