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
}

/** Whether an environment describes a whole boot, not only a run of the CPU feature code. */
export function isWholeBoot({ timerHz }: Environment): boolean {
  return timerHz !== undefined;
}
