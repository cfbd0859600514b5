import { formatEncoding, type SystemRegisterEncoding } from '../arch/encoding.ts';
import type { RegisterName } from '../arch/generated/names.ts';

/** How a register that is no ID register stands to EL0. */
export interface ProgramRegister {
  readonly name: string;
  /** As `S3_3_C4_C2_5`. */
  readonly encoding: string;
  /** Whether Linux lets a program read it; false: it traps, and the program gets SIGILL. */
  readonly readable: boolean;
  /** The field without whose value the register is not there, so that a read is undefined; absent = every CPU has it. */
  readonly needs?: { readonly register: RegisterName; readonly lsb: number; readonly atLeast: number; readonly feature: string };
  /** What it is, and what lets or hinders a program. */
  readonly about: string;
}

function needs(path: RegisterName, lsb: number, atLeast: number, feature: string): Pick<ProgramRegister, 'needs'> {
  return { needs: { register: path, lsb, atLeast, feature } };
}

const PMU = 'the counters of the PMU; Linux lets programs at them only with the sysctl kernel.perf_user_access';
const VIRTUAL_COUNTER = 'the virtual counter; where an erratum of the timer makes Linux trap it, the kernel answers';
const PHYSICAL_COUNTER = 'the physical counter; Linux keeps it from programs (CNTKCTL_EL1.EL0PCTEN)';

/**
 * The registers that programs ask for besides ID registers. What they give depends on the moment; whether they give anything does not.
 *
 * @see Arm ARM DDI 0487, the registers' own pages, "Accessing"; Linux `drivers/clocksource/arm_arch_timer.c`,
 * `arch_counter_set_user_access()`; `arch/arm64/kernel/traps.c`, `sys64_hooks`.
 */
export const PROGRAM_REGISTERS: readonly ProgramRegister[] = [
  { name: 'NZCV', encoding: 'S3_3_C4_C2_0', readable: true, about: 'the condition flags' },
  { name: 'DAIF', encoding: 'S3_3_C4_C2_1', readable: false, about: 'the interrupt masks; Linux keeps them from programs (SCTLR_EL1.UMA)' },
  {
    name: 'DIT',
    encoding: 'S3_3_C4_C2_5',
    readable: true,
    about: 'data independent timing',
    ...needs('ID_AA64PFR0_EL1', 48, 1, 'FEAT_DIT'),
  },
  {
    name: 'SSBS',
    encoding: 'S3_3_C4_C2_6',
    readable: true,
    about: 'whether stores may be bypassed by speculation',
    ...needs('ID_AA64PFR1_EL1', 4, 2, 'FEAT_SSBS2'),
  },
  { name: 'TCO', encoding: 'S3_3_C4_C2_7', readable: true, about: 'tag checks off', ...needs('ID_AA64PFR1_EL1', 8, 1, 'FEAT_MTE') },
  { name: 'FPCR', encoding: 'S3_3_C4_C4_0', readable: true, about: 'the mode of floating point' },
  { name: 'FPSR', encoding: 'S3_3_C4_C4_1', readable: true, about: 'the flags of floating point' },
  {
    name: 'FPMR',
    encoding: 'S3_3_C4_C4_2',
    readable: true,
    about: 'the mode of 8-bit floating point',
    ...needs('ID_AA64PFR2_EL1', 32, 1, 'FEAT_FPMR'),
  },
  { name: 'RNDR', encoding: 'S3_3_C2_C4_0', readable: true, about: 'a random number', ...needs('ID_AA64ISAR0_EL1', 60, 1, 'FEAT_RNG') },
  {
    name: 'RNDRRS',
    encoding: 'S3_3_C2_C4_1',
    readable: true,
    about: 'a random number after reseeding',
    ...needs('ID_AA64ISAR0_EL1', 60, 1, 'FEAT_RNG'),
  },
  {
    name: 'GCSPR_EL0',
    encoding: 'S3_3_C2_C5_1',
    readable: true,
    about: 'the guarded stack',
    ...needs('ID_AA64PFR1_EL1', 44, 1, 'FEAT_GCS'),
  },
  { name: 'TPIDR_EL0', encoding: 'S3_3_C13_C0_2', readable: true, about: "the thread's pointer" },
  { name: 'TPIDRRO_EL0', encoding: 'S3_3_C13_C0_3', readable: true, about: "the thread's pointer that only the kernel writes" },
  {
    name: 'TPIDR2_EL0',
    encoding: 'S3_3_C13_C0_5',
    readable: true,
    about: "SME's thread pointer",
    ...needs('ID_AA64PFR1_EL1', 24, 1, 'FEAT_SME'),
  },
  { name: 'CNTPCT_EL0', encoding: 'S3_3_C14_C0_1', readable: false, about: PHYSICAL_COUNTER },
  { name: 'CNTVCT_EL0', encoding: 'S3_3_C14_C0_2', readable: true, about: VIRTUAL_COUNTER },
  { name: 'CNTPCTSS_EL0', encoding: 'S3_3_C14_C0_5', readable: false, about: PHYSICAL_COUNTER },
  {
    name: 'CNTVCTSS_EL0',
    encoding: 'S3_3_C14_C0_6',
    readable: true,
    about: VIRTUAL_COUNTER,
    ...needs('ID_AA64MMFR0_EL1', 60, 1, 'FEAT_ECV'),
  },
  { name: 'PMCCNTR_EL0', encoding: 'S3_3_C9_C13_0', readable: false, about: PMU },
  { name: 'PMEVCNTR0_EL0', encoding: 'S3_3_C14_C8_0', readable: false, about: PMU },
  { name: 'CurrentEL', encoding: 'S3_0_C4_C2_2', readable: false, about: 'the exception level, which is not told at EL0' },
];

const BY_NAME: ReadonlyMap<string, ProgramRegister> = new Map(PROGRAM_REGISTERS.map((row) => [row.name.toUpperCase(), row]));
const BY_ENCODING: ReadonlyMap<string, ProgramRegister> = new Map(PROGRAM_REGISTERS.map((row) => [row.encoding, row]));

/** Finds such a register by its name, in any case. */
export function findProgramRegister(name: string): ProgramRegister | undefined {
  return BY_NAME.get(name.toUpperCase());
}

/** The register at an encoding, if it is one of these. */
export function programRegisterAt(encoding: SystemRegisterEncoding): ProgramRegister | undefined {
  return BY_ENCODING.get(formatEncoding(encoding));
}
