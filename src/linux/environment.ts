import { fieldSetOf, setMembers } from '../bits/partial-word.ts';
import type { Truth } from '../logic/truth.ts';
import { type Machine, registerWord } from '../silicon/machine.ts';

/** What the firmware's SMCCC calls answer about speculation workarounds; values are the calls' results. Absent: not implemented. */
export interface SmcccAnswers {
  /** `SMCCC_VERSION`, such as `0x10001n` for 1.1. */
  readonly version: bigint;
  /** `SMCCC_ARCH_FEATURES` for workaround 1, 2 and 3 (Spectre v2, v4, BHB); absent = not supported. */
  readonly workaround1?: bigint;
  readonly workaround2?: bigint;
  readonly workaround3?: bigint;
}

/**
 * What is in no ID register and yet changes what a kernel concludes. Every member is optional; the defaults describe a virtual
 * machine that was started at EL1.
 */
export interface Environment {
  /** The exception level at which the kernel was entered, 1 or 2. Default 1. */
  readonly bootEl?: 1 | 2;
  /** Whether that level is not known: what hangs on it is then open. It does not count where {@link bootEl} is given. */
  readonly openBootEl?: boolean;
  /**
   * Frequency of the architected timer in Hz. Default: CNTFRQ_EL0 of the boot CPU, else 0 (BogoMIPS is then 0.00). Giving it says
   * that a whole boot is described; without it only the CPU feature code runs, which no boot loader started.
   */
  readonly timerHz?: number;
  /** Whether HCR_EL2.E2H cannot be set, so that a kernel entered at EL2 stays without VHE. Default false. */
  readonly nvhe?: boolean;
  /** Whether the boot loader gave a seed, so that the kernel's addresses are randomised. Default: in a whole boot it did. */
  readonly kaslr?: boolean;
  /** Whether the architected timer offers its event stream. Default true. */
  readonly eventStream?: boolean;
  /** The firmware's answers. Default: no SMCCC. */
  readonly smccc?: SmcccAnswers;
  /** Whether they are not known, of a machine that is known in part. They do not count where {@link smccc} is given. */
  readonly openSmccc?: boolean;
}

/**
 * What is around a kernel of which a whole boot is asked about, where nothing else is said: a boot loader that gives a seed for its addresses,
 * and firmware whose answers nobody knows.
 */
export const LOADED: Environment = { kaslr: true, openSmccc: true };

/** Whether the boot CPU has EL2; `undefined` if that is not known. */
export function hasEl2(machine: Machine): Truth {
  const [boot] = machine.cpus;
  const word = boot && registerWord(machine, boot, 'ID_AA64PFR0_EL1');
  const values = word && setMembers(fieldSetOf(word, EL2_LSB, 4));
  if (values === undefined || values.every((value) => value === 0)) return false;
  return values.every((value) => value !== 0) ? true : undefined;
}

/** The environments that one may be: several where it is not known at which level the kernel was entered, and the boot CPU has both. */
export function possibleEnvironments(environment: Environment, machine: Machine): readonly Environment[] {
  const { openBootEl, ...rest } = environment;
  if (openBootEl !== true || rest.bootEl !== undefined) return [environment];
  if (hasEl2(machine) === false) return [{ ...rest, bootEl: 1 }];
  return [1, 2].map((bootEl) => ({ ...rest, bootEl: bootEl as 1 | 2 }));
}

/** The place of ID_AA64PFR0_EL1.EL2. */
const EL2_LSB = 8;

/** Whether an environment describes a whole boot, not only a run of the CPU feature code. */
export function isWholeBoot({ timerHz }: Environment): boolean {
  return timerHz !== undefined;
}
