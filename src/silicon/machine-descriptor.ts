import type { CpuRun, Machine } from './machine.ts';

/**
 * Where the registers of a known machine come from: read on a chip (`silicon`) or in a guest (`virtual-machine`), a model of the
 * chip's vendor (`vendor-model`) or of an emulator (`emulator`), a manual's reset values (`manual`), or put together so that they
 * explain a recording (`reconstructed`; the notes say value by value why). Of others only texts were `recorded`: what these, and the
 * cores, tell is known.
 */
export type MachineKind = 'silicon' | 'recorded' | 'virtual-machine' | 'reconstructed' | 'vendor-model' | 'manual' | 'emulator';

/** The kinds of machines, those that somebody has on the table first. */
export const MACHINE_KINDS: readonly MachineKind[] = [
  'silicon',
  'recorded',
  'virtual-machine',
  'reconstructed',
  'vendor-model',
  'manual',
  'emulator',
];

/** Who is asked of a core, the best first: those who read a chip, those who describe it, those who imitate it. */
export const WITNESSES: readonly (readonly MachineKind[])[] = [['silicon'], ['manual', 'vendor-model'], ['emulator']];

/** What a kernel printed on a machine. */
export interface Recording {
  /** The kernel's release. */
  readonly release: string;
  /** Whether the recording does not state its kernel: then `release` is one under which the line is possible. */
  readonly guessed?: true;
  /** A named configuration, or options over a named `base`. */
  readonly config: string | Readonly<Record<string, string>>;
  /** The kernel's command line. Absent if unknown. */
  readonly cmdline?: string;
  /** The exception level at which the kernel was entered. Absent if unknown. */
  readonly bootEl?: 1 | 2;
  /** The frequency of the architected timer in Hz. Absent if unknown. */
  readonly timerHz?: number;
  /** The names of the Features line, in the order of printing. */
  readonly features: readonly string[];
  /** AT_HWCAP, AT_HWCAP2 and, on kernels that have it, AT_HWCAP3. Absent if not recorded. */
  readonly words?: readonly bigint[];
  /** The Features line of a 32-bit program. Absent if not recorded, as on a core without AArch32. */
  readonly compatFeatures?: readonly string[];
  /** AT_HWCAP and AT_HWCAP2 of a 32-bit program. Absent if not recorded. */
  readonly compatWords?: readonly bigint[];
  /** The BogoMIPS line of /proc/cpuinfo, such as `48.00`. Absent if not recorded. */
  readonly bogomips?: string;
  /** The whole of /proc/cpuinfo. Absent if not recorded. */
  readonly cpuinfo?: string;
  /** Source id and place. */
  readonly source: string;
}

/** A known machine in the catalogue. */
export interface MachineRow {
  /** Kebab-case, unique. */
  readonly name: string;
  /** Other names that people give it, kebab-case. Absent: none. */
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly kind: MachineKind;
  /** The cores it is made of, in bring-up order, each once. */
  readonly cores: readonly string[];
  readonly cpuCount: number;
  /** Whether a Features line was recorded for it. */
  readonly recorded: boolean;
}

/** What a generated module holds of a machine besides its row in the catalogue. */
export interface MachineRecord {
  readonly description: string;
  /** Runs of equal CPUs. Absent for machines that are asked of their cores: theirs lie together. */
  readonly cpus?: readonly CpuRun[];
  readonly recorded?: Recording;
  /** Source id and place. */
  readonly source: string;
}

/** A machine whose registers are known, with what was recorded on it. */
export interface KnownMachine extends Pick<MachineRow, 'name' | 'title' | 'kind'>, Omit<MachineRecord, 'cpus'> {
  readonly machine: Machine;
}
