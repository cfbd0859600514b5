import type { AuxvEntry } from './auxv.ts';
import type { MrsResult } from './mrs.ts';

/** What a program saw of the CPU that it ran on. */
export interface ProgramCpu {
  /** The kernel's number of the CPU. */
  readonly cpu: number;
  /** What MRS gave, by generic name such as `S3_0_C0_C4_0`; `SIGILL` where it trapped. */
  readonly mrs: ReadonlyMap<string, MrsResult>;
  /** What sysfs showed under regs/identification, by the name of the file, such as `midr_el1`. */
  readonly sysfs: ReadonlyMap<string, bigint>;
}

/** All that one program saw of a system: what the probe records. What was not seen is absent. */
export interface ProgramView {
  /** The CPUs that it ran on, in their order. */
  readonly cpus: readonly ProgramCpu[];
  readonly auxv: readonly AuxvEntry[];
  /** What the kernel answered, by the name of the call, such as `PR_SVE_GET_VL`; an error is its negative number. */
  readonly answers: ReadonlyMap<string, number>;
  /** The vector lengths that were granted, in bytes. */
  readonly sveVl?: readonly number[];
  readonly smeVl?: readonly number[];
  /** Whether the kernel marked itself TAINT_CPU_OUT_OF_SPEC. */
  readonly tainted?: boolean;
}
