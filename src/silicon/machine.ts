/**
 * The second floor: what is in the silicon.
 *
 * A core is named by its MIDR_EL1 ({@link parseMidr}, {@link findCore}). Everything else that software can learn of it stands in
 * its ID registers: one {@link RegisterFile} per CPU. A {@link Machine} is nothing but its CPUs, in the order in which the kernel
 * brings them up. That order matters: the first one, the boot CPU, sets what is asked of the others.
 *
 * Not every register of a machine has been read by someone. A register that is absent is *unknown*, not zero; what a kernel makes
 * of it is said where it happens, one floor up. Machines of which registers and recordings are known come with the package:
 * {@link KNOWN_MACHINES} lists them, {@link loadMachine} fetches one.
 *
 * @module
 */
import type { RegisterName } from '../arch/register.ts';
import { knownWord, type PartialWord, UNKNOWN_WORD } from '../bits/partial-word.ts';
import type { Seen } from './seen.ts';

/**
 * Registers outside the ID space proper that a capture may hold and a kernel reads at boot: the timer's frequency, and what MPAM,
 * the GIC's virtual CPU interface, the PMU, RAS and limited ordering regions say of themselves.
 */
export const EXTRA_REGISTERS = [
  'CNTFRQ_EL0',
  'MPAMIDR_EL1',
  'ICH_VTR_EL2',
  'PMMIR_EL1',
  'ERRIDR_EL1',
  'LORID_EL1',
  'PMCEID0_EL0',
  'PMCEID1_EL0',
] as const;

/** Their generic names. */
export const EXTRA_ENCODINGS: Readonly<Record<(typeof EXTRA_REGISTERS)[number], string>> = {
  CNTFRQ_EL0: 'S3_3_C14_C0_0',
  MPAMIDR_EL1: 'S3_0_C10_C4_4',
  ICH_VTR_EL2: 'S3_4_C12_C11_1',
  PMMIR_EL1: 'S3_0_C9_C14_6',
  ERRIDR_EL1: 'S3_0_C5_C3_0',
  LORID_EL1: 'S3_0_C10_C4_7',
  PMCEID0_EL0: 'S3_3_C9_C12_6',
  PMCEID1_EL0: 'S3_3_C9_C12_7',
};

/** Any register that a {@link RegisterFile} may hold, in Arm's spelling. */
export type SystemRegisterName = RegisterName | (typeof EXTRA_REGISTERS)[number];

/** {@link EXTRA_REGISTERS} by their generic names. */
export const EXTRA_NAMES: ReadonlyMap<string, SystemRegisterName> = new Map(EXTRA_REGISTERS.map((name) => [EXTRA_ENCODINGS[name], name]));

/** Register values of one CPU, 0 to 2^64 - 1 each. A register that is absent is unknown. */
export type RegisterFile = Readonly<Partial<Record<SystemRegisterName, bigint>>>;

/** Registers of one CPU of which a part is known. */
export type PartialRegisterFile = Readonly<Partial<Record<SystemRegisterName, PartialWord>>>;

/** One CPU of a machine, as the kernel meets it. */
export interface Cpu {
  /** What its ID registers read as, at the kernel's own exception level. */
  readonly registers: RegisterFile;
  /** What is known of registers that are not given whole. */
  readonly partly?: PartialRegisterFile;
  /** Registers that nobody read on this CPU: `registers` and `partly` hold what all known machines with its core have. Absent: none. */
  readonly usual?: readonly SystemRegisterName[];
  /** The SVE vector lengths it offers, in bytes, multiples of 16 up to 256. Absent if unknown or without SVE. */
  readonly sveVl?: readonly number[];
  /** The streaming SVE vector lengths it offers, in bytes, powers of two from 16 to 256. Absent if unknown or without SME. */
  readonly smeVl?: readonly number[];
  /** Whether it is brought up only after the kernel has settled its features, as by hotplug. Absent means it is not. */
  readonly late?: boolean;
}

/** The CPUs of a machine in bring-up order; the first is the boot CPU. */
export interface Machine {
  readonly cpus: readonly Cpu[];
  /**
   * What a register is that no CPU's file holds: `unknown`, so that what follows from it is open, or `zero`, where the files are whole
   * and ID space that is not listed reads as zero. Absent means `zero`.
   */
  readonly unlisted?: 'zero' | 'unknown';
  /**
   * Whether CPUs with the same MIDR_EL1 are alike in what is not known of them, as those of one chip are: then nothing that is not known
   * keeps one of them from coming up beside the other. Absent means that they may differ.
   */
  readonly alike?: boolean;
  /** Set where nobody told how many CPUs there are: those that are listed stand for all. */
  readonly uncounted?: true;
  /** MIDR_EL1 of the kinds of core that there are, where nothing tells which CPU is of which. */
  readonly kinds?: readonly bigint[];
  /** What kernels were seen to make of it. */
  readonly seen?: readonly Seen[];
}

/** A machine as a text lists it: a register that the text leaves out is not known, since nothing says that it is zero. */
export function listedMachine(cpus: readonly Cpu[]): Machine {
  return { cpus, unlisted: 'unknown' };
}

/** Whether something of a machine is not known. */
export function isPartial({ cpus, unlisted }: Machine): boolean {
  return unlisted === 'unknown' || cpus.some(({ partly }) => partly !== undefined);
}

/** What is known of a register of a CPU; `undefined` if it is not listed. */
export function listedWord({ registers, partly }: Pick<Cpu, 'registers' | 'partly'>, name: SystemRegisterName): PartialWord | undefined {
  const value = registers[name];
  return value === undefined ? partly?.[name] : knownWord(value);
}

/**
 * What is known of a register of one CPU of a machine.
 *
 * @returns `undefined` if it is not listed and the machine's files are whole, so that a kernel takes it for zero.
 */
export function registerWord({ unlisted }: Machine, cpu: Cpu, name: SystemRegisterName): PartialWord | undefined {
  return listedWord(cpu, name) ?? (unlisted === 'unknown' ? UNKNOWN_WORD : undefined);
}

/** MIDR_EL1 of a CPU as far as it is known: texts tell its lower half, and the upper one is zero on all cores that there are. */
export function midrOf({ registers, partly }: Pick<Cpu, 'registers' | 'partly'>): bigint | undefined {
  return registers.MIDR_EL1 ?? partly?.MIDR_EL1?.value;
}

/** The fields of MIDR_EL1 that name the core: implementer and part. */
const CORE_BITS = 0xff00_fff0n;

/** MIDR_EL1 of a CPU, if it names the core: a text may tell who made it alone, and part 0 says that software hides which it is. */
export function coreMidrOf(cpu: Pick<Cpu, 'registers' | 'partly'>): bigint | undefined {
  const open = cpu.registers.MIDR_EL1 === undefined ? (cpu.partly?.MIDR_EL1?.open ?? 0n) : 0n;
  return (open & CORE_BITS) === 0n ? midrOf(cpu) : undefined;
}

/** MIDR_EL1 of a CPU, if its lower half is known whole: a text may tell the core without its revision, or who made it alone. */
export function wholeMidrOf(cpu: Pick<Cpu, 'registers' | 'partly'>): bigint | undefined {
  const open = cpu.registers.MIDR_EL1 === undefined ? (cpu.partly?.MIDR_EL1?.open ?? 0n) : 0n;
  return BigInt.asUintN(32, open) === 0n ? midrOf(cpu) : undefined;
}

/** The CPU with another register, whole or known in part. */
export function withRegisterWord(cpu: Cpu, name: SystemRegisterName, word: PartialWord): Cpu {
  const { [name]: _, ...registers } = cpu.registers;
  const { [name]: __, ...partly } = cpu.partly ?? {};
  if (word.open !== 0n) return { ...cpu, registers, partly: { ...partly, [name]: word } };
  const { partly: ___, ...whole } = cpu;
  return { ...whole, registers: { ...registers, [name]: word.value }, ...(Object.keys(partly).length > 0 && { partly }) };
}

/** A run of equal CPUs, as a capture lists them. */
export interface CpuRun extends Cpu {
  /** How many of them stand in a row; 1 if absent. */
  readonly count?: number;
}

/** Writes out runs of equal CPUs one by one. The CPUs of a run share their register file. */
export function expandCpus(runs: readonly CpuRun[]): readonly Cpu[] {
  return runs.flatMap(({ count = 1, ...cpu }) => Array.from({ length: count }, () => cpu));
}
