import type { System } from '../linux/system.ts';
import { type CpuinfoEntry, cpuinfoView } from './cpuinfo.ts';
import { el0View, genericNameOf, type MrsResult } from './mrs.ts';

/**
 * What one process can see of its CPU: all that a runtime has to conclude from. What is not known is absent; nothing is concluded
 * from it.
 */
export interface Process {
  /** The hwcaps in AT_HWCAP, AT_HWCAP2, …; absent if the auxiliary vector is not known. */
  readonly hwcaps?: ReadonlySet<string>;
  /** Hwcaps of which it is not known whether they are set. They may stand in the Features line, too. */
  readonly open?: ReadonlySet<string>;
  /** /proc/cpuinfo, one entry a block. */
  readonly cpuinfo?: readonly CpuinfoEntry[];
  /** What the line `Hardware` of /proc/cpuinfo says; mainline prints none. */
  readonly hardware?: string;
  /** What MRS gives on the CPU on which the process starts, by generic name: `S3_0_C0_C0_0` is MIDR_EL1. */
  readonly el0?: ReadonlyMap<string, MrsResult>;
  /** What uname tells of the kernel: `6.12.107+deb13-arm64`. */
  readonly release?: string;
}

/** What MRS gives, without the registers that hardware gives itself and that are not known of the CPU. */
function seenAtEl0(system: System, cpu: number): ReadonlyMap<string, MrsResult> {
  const view = new Map(el0View(system, cpu));
  const registers = system.cpus[cpu]?.registers;
  for (const name of ['DCZID_EL0', 'CTR_EL0'] as const) if (registers?.[name] === undefined) view.delete(genericNameOf(name));
  return view;
}

/**
 * A process under a booted system.
 *
 * @param cpu - The CPU on which it starts, by its index in the machine.
 */
export function processOf(system: System, cpu: number = system.online[0] ?? 0): Process {
  return {
    hwcaps: new Set(system.hwcaps.names),
    cpuinfo: cpuinfoView(system),
    el0: seenAtEl0(system, cpu),
    release: system.release,
  };
}
