import { type ExplainedLine, explainLog, type LogExplanation, type LoggedCpu } from '../answers/explain-log.ts';
import { isOfLog } from '../answers/machine-of-capture.ts';
import { formatAnswer, kernelJson } from '../formats/json.ts';
import { formatLogEvent } from '../formats/kernel-log.ts';
import { formatLoggedCpu, formatLogMeaning, formatWorkaround } from '../formats/log-words.ts';
import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { type Call, type Command, textOf } from './command.ts';
import { environmentOf, type Input, inputOf, kernelOf, warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { FROM_OPTION, JSON_OPTION, KERNEL_OPTIONS } from './options.ts';
import { printable } from './printable.ts';
import { isBootable, readCapture } from './read-capture.ts';
import { paletteOf, wrap } from './style.ts';

function lineObject(line: ExplainedLine): object {
  const { line: number, text, event, cpucap } = line;
  return { line: number, text, says: formatLogMeaning(line), code: event.code, ...given({ cpu: event.cpu, cpucap }) };
}

function cpuObject(line: LoggedCpu): object {
  return { line: line.line, text: line.text, says: formatLoggedCpu(line), code: 'core', cpu: line.cpu };
}

/** What is said of each line, in the log's order. */
function inOrder<T>(
  lines: readonly ExplainedLine[],
  cpus: readonly LoggedCpu[],
  ofLine: (line: ExplainedLine) => T,
  ofCpu: (cpu: LoggedCpu) => T,
): readonly T[] {
  const all = [...lines.map((line) => ({ at: line.line, said: ofLine(line) })), ...cpus.map((cpu) => ({ at: cpu.line, said: ofCpu(cpu) }))];
  return all.toSorted((a, b) => a.at - b.at).map(({ said }) => said);
}

function objectOf({ release, cpuCount, lines, cpus, workarounds, missing, beyond }: LogExplanation, texts: readonly string[]): object {
  return {
    ...given({ release, cpuCount }),
    lines: inOrder(lines, cpus, lineObject, cpuObject),
    ...(workarounds.length === 0 ? {} : { workarounds: workarounds.map((one) => ({ ...one, says: formatWorkaround(one) })) }),
    ...(missing === undefined ? {} : { missing: texts }),
    ...(beyond === undefined ? {} : { beyond: beyond.map(({ line, text }) => ({ line, text })) }),
  };
}

/** Since when a capability is there; the oldest release that is known may not be its first. */
function sinceText(since: string | undefined): string {
  return since === undefined ? '' : since === OLDEST ? `; in Linux ${since} already` : `; in mainline since Linux ${since}`;
}

const OLDEST = '4.4';

async function printLog({ lines, cpus, workarounds, missing, beyond }: LogExplanation, texts: readonly string[], io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const said = ({ line, text }: ExplainedLine | LoggedCpu, says: string): string =>
    `${palette.strong(wrap(printable(`${line}: ${text}`), io.columns, '').replaceAll('\n', '\n  '))}\n${wrap(printable(says), io.columns, '    ')}\n`;
  const explained = inOrder(
    lines,
    cpus,
    (line) => said(line, formatLogMeaning(line) + sinceText(line.cpucap?.since)),
    (cpu) => said(cpu, formatLoggedCpu(cpu)),
  );
  const section = (heading: string, items: readonly string[]): string =>
    items.length === 0
      ? ''
      : `\n${palette.head(heading)}\n${items.map((item) => `${wrap(printable(item), io.columns, '    ').replace('    ', '  - ')}\n`).join('')}`;
  return [
    ...explained,
    section(
      'Firmware',
      workarounds.map((one) => `line ${one.line}: ${formatWorkaround(one)}`),
    ),
    section('Missing: a boot of this machine prints', missing === undefined ? [] : texts),
    section(
      'Too much: a boot of this machine does not print',
      (beyond ?? []).map(({ line, text }) => `line ${line}: ${text}`),
    ),
  ].join('');
}

/** The machine that the log is held against: a known one, or the registers that stand beside the log. */
async function machineOf(
  call: Call,
  capture: Awaited<ReturnType<typeof readCapture>>['capture'],
): Promise<Pick<Input, 'machine' | 'environment'> | undefined> {
  const name = textOf(call.values, 'against');
  if (name !== undefined) return inputOf(name, call.io);
  return isBootable(capture) && !isOfLog(capture) ? { machine: capture.machine } : undefined;
}

async function kernelFor(call: Call, named: Partial<Kernel> | undefined): Promise<Kernel | undefined> {
  if (textOf(call.values, 'kernel') === undefined && named?.release === undefined) return undefined;
  return kernelOf(call.values, call.io, given({ kernel: named }));
}

/** `armlens log`: a kernel's log, line by line. */
export const log: Command = {
  name: 'log',
  summary: "a kernel's log → what each line about CPU features says, and what is missing or too much",
  args: [
    {
      name: '[file...]',
      help: 'a log, a text that holds one, or files or a folder with a log and registers; - is standard input',
      completion: 'file',
    },
  ],
  options: [
    FROM_OPTION,
    {
      flags: '--against <machine>',
      help: 'compare with a boot of this machine: a known name or a file',
      group: 'Machine',
      completion: 'machine',
    },
    ...KERNEL_OPTIONS,
    JSON_OPTION,
  ],
  examples: ['armlens log dmesg.txt', 'armlens log dmesg.txt --against rk3588 --kernel 6.12.107', 'dmesg | armlens log - --json'],
  guide: 'explain-a-log',
  async run(call) {
    const { io, values } = call;
    const paths = call.positionals.length === 0 ? ['-'] : call.positionals;
    for (const one of paths)
      if (one !== '-' && !(await io.exists(one))) throw new CommandError(EXIT.badInput, `${one}: there is no such file or folder`);
    const path = paths.join(', ');
    const { capture, diagnostics, taken } = await readCapture(paths, io, textOf(values, 'from'));
    for (const line of taken) io.warn(printable(line));
    warnAll(io, diagnostics);
    if ((capture.log ?? []).length === 0 && capture.booted === undefined && capture.workarounds === undefined)
      throw new CommandError(EXIT.badInput, `${path === '-' ? 'standard input' : path}: no line of a kernel about CPU features`);
    const against = await machineOf(call, capture);
    const kernel = against === undefined ? undefined : await kernelFor(call, capture.kernel);
    if (against !== undefined && kernel === undefined)
      throw new CommandError(EXIT.usage, 'log: which kernel? the log names none; --kernel RELEASE does');
    const explanation = explainLog(capture, against?.machine, kernel, environmentOf(values, io, against));
    const behaviour = kernel === undefined ? undefined : kernelAt(kernel).behaviour;
    const texts = behaviour === undefined ? [] : (explanation.missing ?? []).map((event) => formatLogEvent(event, behaviour));
    await io.write(
      values.json === true
        ? formatAnswer(
            'log',
            { subject: { name: path }, ...given({ kernel: kernel === undefined ? undefined : kernelJson(kernel) }) },
            objectOf(explanation, texts),
          )
        : await printLog(explanation, texts, io),
    );
    return (explanation.missing?.length ?? 0) + (explanation.beyond?.length ?? 0) > 0 ? EXIT.differs : EXIT.ok;
  },
};
