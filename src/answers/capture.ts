import type { FieldPath } from '../arch/register.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { LogMessage } from '../linux/log/log-event.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import type { ProgramView } from '../process/program-view.ts';
import type { Machine } from '../silicon/machine.ts';
import { LISTING_KEYS, type Listings, WORD_KEYS } from './guest/listings.ts';

/**
 * At which door registers were read: `hardware` as the chip (or the hypervisor) gives them to a kernel; `el0` as a program reads them
 * by trapped MRS. An EL0 view is sanitised over all CPUs and hides fields: it says what is promised, never what the silicon has.
 */
export type RegisterDoor = 'hardware' | 'el0';

/** Hwcaps as a text gives them. */
export interface CapturedHwcaps {
  /** AT_HWCAP, AT_HWCAP2, AT_HWCAP3. One that the text does not have is absent, so that the list may be shorter, never sparse. */
  readonly words?: readonly bigint[];
  /** Set where a text has AT_HWCAP without the vector around it: there may be an AT_HWCAP2 that it does not tell of. */
  readonly isLone?: true;
  /** As in a Features line. */
  readonly untold?: readonly string[];
  /** Names as in a Features line, in the order of the text. */
  readonly names?: readonly string[];
  /** Whether these are only some of the names, so that one that is missing says nothing. */
  readonly isPart?: true;
}

/** What a text says of architecture features by their own names. A feature in neither list is not spoken of. */
export interface CapturedArchFeatures {
  /** `FEAT_…`, as the architecture spells them if it has them. */
  readonly present: readonly string[];
  readonly absent: readonly string[];
  /** Whether the ID registers lack what is absent. Otherwise whoever says so may keep to himself what the hardware has. */
  readonly lacksAbsent?: boolean;
}

/** A core by what a text tells of its MIDR_EL1. */
export type CapturedCore = Pick<CpuinfoEntry, 'variant' | 'revision'> & Required<Pick<CpuinfoEntry, 'implementer' | 'part'>>;

/** A message of a kernel about its CPUs. */
export interface CapturedLogLine {
  /** The line of the text, from 1 on. */
  readonly line: number;
  /** Without time stamp and level. */
  readonly text: string;
  /** What it says; `cpu` is the CPU that it is about. */
  readonly event: LogMessage & { readonly cpu?: number };
}

/** What firmware says of an erratum of the CPU that it runs on. */
export interface CapturedWorkaround {
  /** The line of the text, from 1 on. */
  readonly line: number;
  /** The core, as the architecture's lists spell it, or as firmware does. */
  readonly core: string;
  /** Its number, or a CVE's. */
  readonly erratum: string;
  /** Whether firmware works around it; else its workaround was not built in. */
  readonly applied: boolean;
}

/** An instruction at which a program stopped, as a report of SIGILL shows it: a word, or how a disassembler writes it, or both. */
export interface CapturedInstruction {
  /** The line of the text, from 1 on. */
  readonly line: number;
  /** 32 bits. */
  readonly word?: number;
  /** In lower case. */
  readonly mnemonic?: string;
  /** As written behind the mnemonic. */
  readonly operands?: string;
}

/**
 * What one text, or several of the same machine, say of it. Every member is optional: what the text does not tell is absent.
 */
export interface Capture extends Listings {
  /** What the text calls the machine, or the file it came from. */
  readonly name?: string;
  /** A line that says what the machine is, if the text has one. */
  readonly title?: string;
  /** The model of QEMU that the CPUs are, as `-cpu` takes it, where the text gives no registers. */
  readonly qemuModel?: string;
  /** Register values, CPUs in bring-up order. A text that names only MIDRs gives CPUs with MIDR_EL1 alone. */
  readonly machine?: Machine;
  /** MIDR_EL1 of the cores that there are, each once, where the text does not say which CPU is which. */
  readonly midrs?: readonly bigint[];
  /** Cores that there are, each once, where the text tells neither which CPUs are such ones, nor whether there are others. */
  readonly cores?: readonly CapturedCore[];
  /** Who made the cores, as MIDR_EL1 codes it, where the text does not say more. */
  readonly implementer?: number;
  /** How {@link machine}'s registers were read. Absent means `hardware`. */
  readonly registersAs?: RegisterDoor;
  readonly kernel?: Partial<Kernel>;
  readonly environment?: Environment;
  /** /proc/cpuinfo of a 64-bit program. */
  readonly cpuinfo?: readonly CpuinfoEntry[];
  /** /proc/cpuinfo as a 32-bit program sees it, or of a 32-bit kernel. */
  readonly cpuinfo32?: readonly CpuinfoEntry[];
  /** Hwcaps of 64-bit programs. */
  readonly hwcaps?: CapturedHwcaps;
  /** Hwcaps of 32-bit programs. */
  readonly compat?: CapturedHwcaps;
  readonly archFeatures?: CapturedArchFeatures;
  /** Whether the kernel lets a program be a 32-bit one, as `personality(PER_LINUX32)` asks it. */
  readonly runs32?: boolean;
  /** Values of fields, by path, that a text tells by names of its own: all CPUs have them. */
  readonly fields?: ReadonlyMap<FieldPath, number>;
  /** What the kernel printed about its CPUs. */
  readonly log?: readonly CapturedLogLine[];
  /** Set where lines of the log were left out, as the text says. */
  readonly isLogPart?: true;
  /** The CPUs that a log saw coming up, by the kernel's number, with the lower half of MIDR_EL1. */
  readonly booted?: ReadonlyMap<number, bigint>;
  /** All that one program saw, MRS by MRS, where the text has it. */
  readonly program?: ProgramView;
  /** What firmware says of errata. */
  readonly workarounds?: readonly CapturedWorkaround[];
  /** Instructions at which a program stopped. */
  readonly instructions?: readonly CapturedInstruction[];
  /** Set where {@link cpuinfo} stands for CPUs that the text does not number, or a program's list breaks off: how many there are is not told. */
  readonly uncounted?: true;
  /** How many CPUs there are, where the text says so without listing them. */
  readonly cpuCount?: number;
  /** The CPUs that run, by the kernel's number, ascending, where the text lists them without telling more of each. Absent: not told. */
  readonly online?: readonly number[];
  /** Which text each member is from, where several were put together. */
  readonly sources?: Readonly<Partial<Record<string, string>>>;
}

/** Members that say nothing of CPUs. */
const BESIDE: ReadonlySet<string> = new Set([...LISTING_KEYS, ...WORD_KEYS, 'name', 'title', 'sources']);

/** Whether a capture tells anything of CPUs or of their kernel, not of what stands around them only. */
export function tellsOfCpus(capture: Capture): boolean {
  return Object.keys(capture).some((key) => !BESIDE.has(key));
}

/** A capture whose machine can be booted as it stands. */
export interface BootableCapture extends Capture {
  readonly machine: Machine;
  readonly kernel?: Kernel;
}

/** Whether each CPU of a capture has registers, read where a kernel reads them, so that nothing has to be made up. */
export function isBootable(capture: Capture): capture is BootableCapture {
  const { machine, registersAs, kernel } = capture;
  if (machine === undefined || machine.cpus.length === 0 || registersAs === 'el0') return false;
  if (kernel !== undefined && kernel.release === undefined) return false;
  return machine.cpus.every(({ registers }) => Object.keys(registers).some((name) => name.startsWith('ID_')));
}
