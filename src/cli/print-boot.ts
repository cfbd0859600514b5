import { formatHex } from '../bits/hex.ts';
import { formatAuxvText } from '../formats/auxv.ts';
import { type BootPart, hasBootPart } from '../formats/boot-object.ts';
import { coreName } from '../formats/core-name.ts';
import { formatCpus } from '../formats/cpu-list.ts';
import { formatCpuinfo } from '../formats/cpuinfo.ts';
import { formatFeaturesLine } from '../formats/features-line.ts';
import { formatLogEvent, formatOpenLog } from '../formats/kernel-log.ts';
import type { LogEvent, LogPhase } from '../linux/log/log-event.ts';
import { logLevel } from '../linux/log/log-level.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { System } from '../linux/system.ts';
import { auxvView } from '../process/auxv.ts';
import { formatCpuList } from '../process/cpu-list.ts';
import { bogoMips, cpuinfoView } from '../process/cpuinfo.ts';
import { sysfsView } from '../process/sysfs.ts';
import { wholeMidrOf } from '../silicon/machine.ts';
import type { Io } from './io.ts';
import { kernelTitle, onlineText } from './print-system.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

/** What to show of a boot, and to whom. */
export interface BootPage {
  readonly system: System;
  readonly title: string;
  /** The lines about CPU features of a log that this kernel printed on this machine, as it was read. Absent: none was. */
  readonly read?: readonly string[];
  /** Whether lines of the log begin with their level, as `<4>`. */
  readonly levels: boolean;
  readonly io: Io;
}

interface Painted extends BootPage {
  readonly palette: Palette;
}

const PHASES: Readonly<Record<LogPhase, string>> = {
  'boot-cpu': 'the boot CPU comes up',
  secondary: 'the other CPUs come up',
  system: 'the system is settled',
  after: 'later parts of the kernel',
  late: 'CPUs that come late',
};

/** The lines of a log that was read, as they stand there, and what else is certain to be printed. */
function logLines(page: BootPage): readonly string[] {
  const read = page.read ?? [];
  const texts = new Set(read);
  return [...read, ...page.system.log.map((event) => logLine(event, page)).filter((line) => !texts.has(line))];
}

function logLine(event: LogEvent, { system, levels }: BootPage): string {
  const text = formatLogEvent(event, kernelAt(system.kernel).behaviour);
  return `${levels ? `<${logLevel(event)}>` : ''}${text}`;
}

/** Writes one part as the system itself would, and nothing else. */
export function rawPart(part: Exclude<BootPart, 'files'>, page: BootPage): string {
  const { system } = page;
  switch (part) {
    case 'log':
      return logLines(page)
        .map((line) => `${printable(line)}\n`)
        .join('');
    case 'cpuinfo':
      return formatCpuinfo(cpuinfoView(system));
    case 'cpuinfo32':
      return formatCpuinfo(cpuinfoView(system, { personality: 'PER_LINUX32' }));
    case 'auxv':
      return formatAuxvText(auxvView(system, { bits: 64 }));
    case 'auxv32':
      return formatAuxvText(auxvView(system, { bits: 32 }));
    case 'cpucaps':
      return system.cpucaps.map((name) => `${name}\n`).join('');
  }
}

/** Breaks a text; lines after the first are set in. */
function hanging(text: string, columns: number, indent: string): string {
  return wrap(text, columns - 2, indent).replaceAll('\n', '\n  ');
}

function cpusLine({ system }: Painted): string {
  const { cpus, online, unknown } = system;
  const text = onlineText(system);
  return online.length === cpus.length || unknown?.online !== undefined ? text : `${text}: ${formatCpuList(online)}`;
}

function heading(page: Painted): string {
  const { system, title, palette, io } = page;
  const lines = [
    palette.strong(wrap(printable(title), io.columns)),
    wrap(`${kernelTitle(system.kernel, system.release)} · ${cpusLine(page)}`, io.columns),
  ];
  const say = (text: string, paint: (text: string) => string = (same) => same): number => lines.push(paint(hanging(text, io.columns, '')));
  if (system.panic !== null) say(`The kernel panics on CPU ${system.panic.cpu}: ${system.panic.reason}`, palette.bad);
  const open = system.unknown?.online ?? [];
  for (const { index, online, refused } of system.cpus) {
    if (refused !== undefined && index !== system.panic?.cpu) say(`CPU ${index} is refused: ${refused}`, palette.bad);
    else if (!online && refused === undefined && !open.includes(index)) say(`CPU ${index} is not brought up`);
  }
  if (system.unknown?.panic)
    say('The kernel may panic, which hangs on what is not known; if it does not, this is what follows', palette.bad);
  if (open.length > 0) say(`Not known: whether ${formatCpus(open, system.cpus.length)} ${open.length === 1 ? 'comes' : 'come'} up`);
  if (system.tainted) say('The kernel is tainted (S, CPU out of spec): CPUs differ where they should not', palette.bad);
  return lines.map((line) => `${line}\n`).join('');
}

/** The lines of which it is not known whether they are printed, each once. */
function openLines(system: System): readonly string[] {
  return [...new Set(formatOpenLog(system))];
}

/** Names that may be among those of a part. */
function openNames(names: readonly string[] | undefined, columns: number): string {
  return names === undefined ? '' : `\n${wrap(`Not known whether there: ${names.join(' ')}`, columns, '  ')}\n`;
}

/** What of some parts hangs on what is not known, for those who read the parts as the system writes them: how much it is. */
export function openNote(system: System, parts: readonly BootPart[]): string | undefined {
  const { hwcaps = [], compat = [], cpucaps = [] } = system.unknown ?? {};
  const counts: Readonly<Partial<Record<BootPart, number>>> = {
    log: openLines(system).length,
    cpuinfo: hwcaps.length,
    auxv: hwcaps.length,
    cpuinfo32: compat.length,
    auxv32: compat.length,
    cpucaps: cpucaps.length,
  };
  const told = parts.flatMap((part) => {
    const count = counts[part] ?? 0;
    return count === 0 ? [] : [`${count} ${part === 'log' ? 'line' : 'name'}${count === 1 ? '' : 's'}`];
  });
  return told.length === 0
    ? undefined
    : `${told.join(' and ')} more may be there, which hangs on what is not known (armlens boot alone shows them)`;
}

/** The log under a heading for each part of the boot. */
function logSection(page: Painted): string {
  const { system, palette, io } = page;
  const paintOf = (event: LogEvent): ((text: string) => string) => (logLevel(event) < 6 ? palette.bad : (text) => text);
  let phase: LogPhase | undefined;
  let text = '';
  for (const event of system.log) {
    if (event.phase !== phase) text += palette.dim(`  — ${PHASES[event.phase]}\n`);
    phase = event.phase;
    text += `${paintOf(event)(hanging(printable(logLine(event, page)), io.columns, '  '))}\n`;
  }
  const open = openLines(system);
  if (open.length > 0) text += palette.dim('  — may be printed or not, which hangs on what is not known\n');
  return text + open.map((line) => `${palette.dim(hanging(printable(line), io.columns, '  '))}\n`).join('');
}

/** The CPUs that are online, those with the same MIDR_EL1 in one line. */
function cpuRows({ cpus, online, loopsPerJiffy, hz }: System): readonly (readonly string[])[] {
  const alike = new Map<bigint | undefined, number[]>();
  for (const index of online) {
    const midr = wholeMidrOf(cpus[index]!);
    alike.set(midr, [...(alike.get(midr) ?? []), index]);
  }
  return [...alike].map(([midr, indices]) => [
    `CPU ${formatCpuList(indices)}`,
    coreName(midr),
    midr === undefined ? '' : formatHex(midr),
    `BogoMIPS ${bogoMips(loopsPerJiffy, hz)}`,
  ]);
}

function cpuinfoSection({ system, io }: Painted): string {
  return `${aligned(cpuRows(system))}\n${formatFeaturesLine(system.hwcaps.names, { head: ' ', width: io.columns })}\n${openNames(system.unknown?.hwcaps, io.columns)}`;
}

function cpuinfo32Section({ system, io }: Painted): string {
  return `${formatFeaturesLine(system.compat.names, { head: ' ', width: io.columns })}\n${openNames(system.unknown?.compat, io.columns)}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function sysfsSection({ system }: Painted): string {
  const rows = [...sysfsView(system)].map(([path, text]) => [path.replace('/sys/devices/system/cpu/', ''), text.trim()]);
  return aligned(rows.filter(([path]) => !path!.includes('/')));
}

const SECTIONS: Readonly<Record<BootPart, readonly [heading: string, body: (page: Painted) => string]>> = {
  log: ['Log', logSection],
  cpuinfo: ['/proc/cpuinfo', cpuinfoSection],
  cpuinfo32: ['/proc/cpuinfo in the 32-bit view', cpuinfo32Section],
  auxv: ['Auxiliary vector', (page) => indented(rawPart('auxv', page))],
  auxv32: ['Auxiliary vector of a 32-bit process', (page) => indented(rawPart('auxv32', page))],
  cpucaps: [
    'cpucaps',
    ({ system, io }) => `${wrap(system.cpucaps.join(' '), io.columns, '  ')}\n${openNames(system.unknown?.cpucaps, io.columns)}`,
  ],
  files: ['/sys/devices/system/cpu', sysfsSection],
};

/** Writes parts of a boot for a person, under a heading that says what became of the machine. */
export async function printBoot(page: BootPage, parts: readonly BootPart[]): Promise<string> {
  const painted: Painted = { ...page, palette: await paletteOf(page.io) };
  const sections = parts
    .filter((part) => hasBootPart(page.system, part))
    .map((part) => {
      const [name, body] = SECTIONS[part];
      return `\n${painted.palette.head(name)}\n${body(painted)}`;
    });
  return heading(painted) + sections.join('');
}
