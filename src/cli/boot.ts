import { BOOT_PARTS, type BootPart, bootObject, hasBootPart } from '../formats/boot-object.ts';
import { formatAnswer } from '../formats/json.ts';
import { sysrootFiles } from '../formats/sysroot.ts';
import { given } from '../given.ts';
import { boot as bootMachine } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import { runsAArch32Programs } from '../process/aarch32-programs.ts';
import { timerOfBogoMips } from '../process/cpuinfo.ts';
import { type Call, type Command, textOf } from './command.ts';
import { environmentOf, headOf, type Input, kernelOf, machineInput, noteKaslr, warnAll } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';
import { type BootPage, openNote, printBoot, rawPart } from './print-boot.ts';
import { warnDoubts } from './print-system.ts';
import { wrap } from './style.ts';
import { noteUnlisted } from './unlisted-note.ts';

/** The parts that an option of the same name selects. */
const SELECTED_BY_OPTION = BOOT_PARTS.filter((part) => part !== 'files');

/** What the timer is taken for if nobody knows: the frequency of most machines. */
const ASSUMED_TIMER_HZ = 24_000_000;

/** The frequency of the timer, which a whole boot needs: the given one, or the boot CPU's; `undefined` if it is not known. */
function timerOf({ timerHz }: Environment, { machine: { cpus }, seen }: Input): number | undefined {
  if (timerHz !== undefined) return timerHz;
  const printed = timerOfBogoMips(seen?.cpuinfo?.find(({ bogoMips }) => bogoMips !== undefined)?.bogoMips ?? '0');
  return printed ?? (Number((cpus[0]?.registers.CNTFRQ_EL0 ?? 0n) & 0xffff_ffffn) || undefined);
}

/** Says at which level the kernel is taken to start, where registers alone suggest it. */
function noteBootEl({ likelyBootEl }: Input, { bootEl }: Environment, io: Io): void {
  if (likelyBootEl === undefined || likelyBootEl !== bootEl) return;
  const why = bootEl === 2 ? 'which the machine has' : 'as guests do, or a machine without EL2';
  io.warn(wrap(`note: the kernel is taken to start at EL${bootEl}, ${why} (--env '{"bootEl":${3 - bootEl}}' says another)`, io.columns));
}

/** Why a part cannot be read. */
function missingReason(part: BootPart, system: System): string {
  const { panic } = system;
  if (panic !== null) return `the kernel panics on CPU ${panic.cpu} before any program runs: ${panic.reason}`;
  const open = runsAArch32Programs(system) === undefined;
  return `--${part}: ${open ? 'whether 32-bit programs can run on this system is not known' : 'no 32-bit program can run on this system'}`;
}

async function writeSysroot(folder: string, system: System, force: boolean, io: Io): Promise<void> {
  const files = sysrootFiles(system);
  await io.writeFolder(folder, files, force);
  io.warn(`${folder}: ${files.size} files written; lscpu --sysroot ${folder} reads them`);
}

async function printParts(page: BootPage, parts: readonly BootPart[]): Promise<string> {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && only !== 'files' ? rawPart(only, page) : printBoot(page, parts);
}

function checkOptions({ values }: Call): void {
  if (values.force === true && values.sysroot === undefined) throw new CommandError(EXIT.usage, '--force goes with --sysroot');
  if (values.sysroot === '') throw new CommandError(EXIT.usage, '--sysroot: which folder?');
}

/** What was read of the log of this very boot: of a text that names another kernel, nothing. */
function readLog({ seen }: Input, { release }: Kernel): readonly string[] | undefined {
  const named = seen?.kernel?.release;
  if (named !== undefined && named !== release) return undefined;
  return seen?.log?.map(({ text }) => text);
}

async function bootOne(call: Call): Promise<ExitCode> {
  const { positionals, values, io } = call;
  checkOptions(call);
  const input = await machineInput(positionals, values, io);
  const kernel = await kernelOf(values, io, input);
  const environment = environmentOf(values, io, input);
  const timerHz = timerOf(environment, input);
  if (timerHz === undefined) io.warn(`note: the timer's frequency is not known; taking 24 MHz (--env '{"timerHz":25000000}' says another)`);
  const system = bootMachine(input.machine, kernel, { ...environment, timerHz: timerHz ?? ASSUMED_TIMER_HZ });
  const sysroot = textOf(values, 'sysroot');
  const selected = SELECTED_BY_OPTION.filter((part) => values[part] === true);
  const wanted: readonly BootPart[] = sysroot === undefined ? selected : [...selected, 'files'];
  const missing = wanted.filter((part) => !hasBootPart(system, part));
  if (values.json !== true) {
    warnAll(io, system.diagnostics);
    noteUnlisted(input.machine, system, io);
    noteBootEl(input, system.environment, io);
    if (system.log.some((event) => event.code === 'kpti-forced' && event.by === 'KASLR')) noteKaslr(values, input, io);
    warnDoubts({ system, io });
  }
  for (const reason of new Set(missing.map((part) => missingReason(part, system)))) io.warn(`armlens: ${reason}`);
  if (sysroot !== undefined && hasBootPart(system, 'files')) await writeSysroot(sysroot, system, values.force === true, io);
  const shown = selected.filter((part) => hasBootPart(system, part));
  const open = values.json === true || shown.length !== 1 ? undefined : openNote(system, shown);
  if (open !== undefined) io.warn(`note: ${open}`);
  if (values.json === true)
    await io.write(
      formatAnswer('boot', headOf(input, kernel), { ...bootObject(system, selected.length > 0 ? selected : undefined), timerHz }),
    );
  else if (wanted.length === 0 || shown.length > 0) {
    await io.write(
      await printParts(
        { system, title: input.title, levels: values.levels === true, io, ...given({ read: readLog(input, kernel) }) },
        wanted.length === 0 ? BOOT_PARTS : shown,
      ),
    );
  }
  if (input.damaged) return EXIT.badInput;
  return system.panic !== null || missing.length > 0 ? EXIT.differs : EXIT.ok;
}

/** `armlens boot`: everything that a boot leaves behind. */
export const boot: Command = {
  name: 'boot',
  summary: 'the whole view of a boot: log, /proc/cpuinfo, auxv, cpucaps, sysfs',
  args: [MACHINE_ARGUMENT],
  options: [
    ...SYSTEM_OPTIONS,
    { flags: '--log', help: 'only the lines that the kernel prints' },
    { flags: '--levels', help: 'the level before each line of the log, such as <4>' },
    { flags: '--cpuinfo', help: 'only /proc/cpuinfo' },
    { flags: '--cpuinfo32', help: 'only /proc/cpuinfo as setarch linux32 shows it' },
    { flags: '--auxv', help: 'only the auxiliary vector, as LD_SHOW_AUXV=1 prints it' },
    { flags: '--auxv32', help: 'the same of a 32-bit process' },
    { flags: '--cpucaps', help: 'only the capabilities, one a line' },
    { flags: '--sysroot <dir>', help: 'write /proc and /sys below a folder, for lscpu --sysroot', completion: 'folder' },
    { flags: '--force', help: 'let --sysroot write into a folder that is not empty' },
    JSON_OPTION,
  ],
  examples: [
    'armlens boot raspberry-pi-4',
    'armlens boot rk3588 --kernel 6.12.107 --config debian --log',
    'armlens boot registers.txt --kernel 6.1 --cpuinfo',
    'armlens boot rk3588 --sysroot rk3588-root',
  ],
  guide: 'see-a-boot',
  run: bootOne,
};
