import type { UsualHwcaps } from '../answers/usual-hwcaps.ts';
import { formatHex } from '../bits/hex.ts';
import { formatCpus } from '../formats/cpu-list.ts';
import { formatCpuinfo } from '../formats/cpuinfo.ts';
import { formatFeaturesLine } from '../formats/features-line.ts';
import { formatFeatureLog } from '../formats/kernel-log.ts';
import type { ResultField } from '../formats/result.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { Doubt, HwcapSet, System } from '../linux/system.ts';
import { runsAArch32Programs } from '../process/aarch32-programs.ts';
import { cpuinfoView } from '../process/cpuinfo.ts';
import { el0Open, el0View } from '../process/mrs.ts';
import type { Machine } from '../silicon/machine.ts';
import { registerOfGeneric } from '../silicon/register-at.ts';
import { warnAll } from './input.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';
import { noteUnlisted } from './unlisted-note.ts';

/** What to show of a system, and to whom. */
export interface PrintOptions {
  readonly title: string;
  readonly kernel: Kernel;
  readonly fields: readonly ResultField[];
  readonly io: Io;
  /** What is usual for the cores, where hwcaps are open. */
  readonly usual: UsualHwcaps | undefined;
}

interface Page extends PrintOptions {
  readonly system: System;
  readonly palette: Palette;
}

/** How a kernel is called in a heading: `Linux 6.8 (defconfig)`. */
export function kernelTitle({ config, cmdline }: Kernel, release: string): string {
  const name = typeof config === 'string' ? config : config === undefined ? 'defconfig' : `${config.base ?? 'defconfig'} with options`;
  return printable(`Linux ${release} (${name})${cmdline === undefined || cmdline === '' ? '' : `, ${cmdline}`}`);
}

/**
 * How many CPUs are online: `4 CPUs online`, `1 of 2 CPUs online`, `1 to 8 of 8 CPUs online` where it is not known of all, and no number
 * where none was told.
 */
export function onlineText({ cpus, online, unknown, uncounted }: System): string {
  if (uncounted) return cpus.length === 1 ? 'how many CPUs is not told' : `${cpus.length} CPUs are told of, and there may be more`;
  const all = `${cpus.length} ${cpus.length === 1 ? 'CPU' : 'CPUs'}`;
  if (online.length === cpus.length) return `${all} online`;
  const open = unknown?.online?.length ?? 0;
  return `${online.length}${open === 0 ? '' : ` to ${online.length + open}`} of ${all} online`;
}

function heading({ system, kernel, title, palette, io }: Page): string {
  const lines = [palette.strong(wrap(printable(title), io.columns)), `${kernelTitle(kernel, system.release)} · ${onlineText(system)}`];
  if (system.panic !== null) lines.push(palette.bad(`The kernel panics on CPU ${system.panic.cpu}: ${system.panic.reason}`));
  for (const { index, refused } of system.cpus) if (refused !== undefined) lines.push(`CPU ${index} is not brought up: ${refused}`);
  const { online, panic } = system.unknown ?? {};
  if (online !== undefined)
    lines.push(`Not known: whether ${formatCpus(online, system.cpus.length)} ${online.length === 1 ? 'comes' : 'come'} up`);
  if (panic) lines.push('Not known: whether the kernel stops over a CPU; what follows is what follows if it does not');
  if (system.tainted) lines.push('The kernel is tainted: CPUs differ where they should not');
  return lines.map((line) => `${line}\n`).join('');
}

function wordLines({ words }: HwcapSet): string {
  return words.map((word, i) => `${`  AT_HWCAP${i === 0 ? '' : i + 1}`.padEnd(13)}${formatHex(word)}\n`).join('');
}

/** The names that may or may not be there besides. */
function openNames(names: readonly string[] | undefined, { columns }: Io): string {
  return names === undefined ? '' : `\n  Not known, may be there too:\n${formatFeaturesLine(names, { head: ' ', width: columns })}\n`;
}

/** What is likely of the names that may be there besides: a weaker word than what the input says. */
function usualNames({ system, usual, io: { columns } }: Page): string {
  if (usual === undefined) return '';
  const present = usual.system.hwcaps.names.filter((name) => system.unknown?.hwcaps?.includes(name));
  const open = usual.system.unknown?.hwcaps;
  const rest = open === undefined ? '' : `; not known of ${open.join(' ')}`;
  const found = present.length === 0 ? `${open === undefined ? 'none' : 'none else'} of these` : present.join(' ');
  return `  Usual for ${usual.cores.join(', ')}, as known machines have it:\n${wrap(`${found}${rest}`, columns, '  ')}\n`;
}

function hwcapSection(page: Page): string {
  const { system, palette, io } = page;
  const line = formatFeaturesLine(system.hwcaps.names, { head: ' ', width: io.columns });
  const open = `${openNames(system.unknown?.hwcaps, io)}${usualNames(page)}`;
  return `\n${palette.head('Features')}\n${line}\n${open}\n${wordLines(system.hwcaps)}`;
}

function compatSection({ system, palette, io }: Page): string {
  const runs = runsAArch32Programs(system);
  if (runs === undefined) return `\n${palette.head('AArch32')}\n  not known: whether 32-bit programs can run\n`;
  if (!runs) return `\n${palette.head('AArch32')}\n  no 32-bit program can run\n`;
  const line = formatFeaturesLine(system.compat.names, { head: ' ', width: io.columns });
  return `\n${palette.head('AArch32')}\n${line}\n${openNames(system.unknown?.compat, io)}\n${wordLines(system.compat)}`;
}

/** A value with `?` for each hexadecimal digit in which a bit is not known. */
export function formatPartial(value: bigint, open: bigint): string {
  const digits = [...formatHex(value)].map((digit, i) => (i > 1 && ((open >> BigInt((17 - i) * 4)) & 0xfn) !== 0n ? '?' : digit));
  return digits.join('');
}

function userSection({ system, palette, io }: Page): string {
  const open = el0Open(system);
  const rows = [...el0View(system)]
    .filter(([generic, value]) => value !== 'SIGILL' && (value !== 0n || open.has(generic)))
    .map(([generic, value]) => [registerOfGeneric(generic) ?? '', generic, formatPartial(value as bigint, open.get(generic) ?? 0n)]);
  const rest =
    system.mrsEmulatedFrom === undefined
      ? 'This kernel emulates no MRS: reading any other register ends in SIGILL.'
      : 'All else reads as zero or ends in SIGILL.';
  return `\n${palette.head('What MRS gives at EL0')}\n${aligned(rows)}${palette.dim(wrap(rest, io.columns, '  '))}\n`;
}

function sanitisedSection({ system, palette }: Page): string {
  const open = system.unknown?.registers;
  const rows = [...system.registers].map(([name, { value }]) => [name, formatPartial(value, open?.get(name)?.value ?? 0n)]);
  return `\n${palette.head('Sanitised registers')}\n${aligned(rows)}`;
}

function cpucapSection({ system, palette, io }: Page): string {
  const open = system.unknown?.cpucaps;
  const may = open === undefined ? '' : `\n  Not known, may be there too:\n${wrap(open.join(' '), io.columns, '  ')}\n`;
  return `\n${palette.head('cpucaps')}\n${wrap(system.cpucaps.join(' '), io.columns, '  ')}\n${may}`;
}

function doubtText({ row, notIn, since }: Doubt): string {
  return `${row}: known from ${since} on${notIn === undefined ? '' : `, not in ${notIn}`}`;
}

/** How many rows in doubt are told. */
const SHOWN_DOUBTS = 6;

/** Tells which rows are in doubt for a release that lies between known ones. */
export function warnDoubts({ system, io }: { readonly system: System; readonly io: Io }): void {
  if (system.fidelity === 'exact') return;
  io.warn(`note: Linux ${system.release} lies between releases that are known exactly; in doubt:`);
  for (const doubt of system.doubts.slice(0, SHOWN_DOUBTS)) io.warn(`  ${doubtText(doubt)}`);
  if (system.doubts.length > SHOWN_DOUBTS) io.warn(`  … and ${system.doubts.length - SHOWN_DOUBTS} more (--json lists them)`);
}

/** Writes a system for a person. What is uncertain goes to the findings. */
async function printSystem(system: System, options: PrintOptions): Promise<string> {
  const page: Page = { ...options, system, palette: await paletteOf(options.io) };
  const asked = new Set(options.fields);
  const shows = (field: ResultField): boolean => asked.has(field);
  const sections = [
    heading(page),
    shows('hwcaps') ? hwcapSection(page) : '',
    shows('compat') ? compatSection(page) : '',
    shows('user') ? userSection(page) : '',
    shows('sanitised') ? sanitisedSection(page) : '',
    shows('cpucaps') ? cpucapSection(page) : '',
    shows('log')
      ? `\n${page.palette.head('Log')}\n${formatFeatureLog(system)
          .map((line) => `  ${printable(line)}\n`)
          .join('')}`
      : '',
    shows('cpuinfo') ? `\n${page.palette.head('/proc/cpuinfo')}\n${formatCpuinfo(cpuinfoView(system))}` : '',
  ];
  warnAll(options.io, system.diagnostics);
  warnDoubts(page);
  return sections.join('');
}

/** The same of a machine at hand, with a word on registers that it does not list. */
export async function printDerived(machine: Machine, system: System, options: PrintOptions): Promise<string> {
  noteUnlisted(machine, system, options.io);
  return printSystem(system, options);
}
