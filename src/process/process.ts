import { encodingOf } from '../arch/encoding.ts';
import { given } from '../given.ts';
import type { System } from '../linux/system.ts';
import { type CpuinfoEntry, cpuinfoView } from './cpuinfo.ts';
import { el0Open, el0View, type MrsResult, openAtEl0 } from './mrs.ts';

/**
 * What one process can see of its CPU: all that a runtime has to conclude from. What is not known is absent; nothing is concluded
 * from it.
 */
export interface Process {
  /** The hwcaps in AT_HWCAP, AT_HWCAP2, …; absent if the auxiliary vector is not known. */
  readonly hwcaps?: ReadonlySet<string>;
  /** Hwcaps of which it is not known whether they are set. They may stand in the Features line, too. */
  readonly open?: ReadonlySet<string>;
  /** /proc/cpuinfo, one entry a block. A block of which it is not known what core it names has no implementer. */
  readonly cpuinfo?: readonly CpuinfoEntry[];
  /** What the line `Hardware` of /proc/cpuinfo says; mainline prints none. */
  readonly hardware?: string;
  /** What MRS gives on the CPU on which the process starts, by generic name: `S3_0_C0_C0_0` is MIDR_EL1. */
  readonly el0?: ReadonlyMap<string, MrsResult>;
  /** The bits of {@link el0} that are not known, where there are any. */
  readonly el0Open?: ReadonlyMap<string, bigint>;
  /** What uname tells of the kernel: `6.12.107+deb13-arm64`. */
  readonly release?: string;
}

/** /proc/cpuinfo, without the cores that are not known; a CPU of which it is not known whether it runs, or is there, has a block without a core. */
function knownCpuinfo(system: System): readonly CpuinfoEntry[] {
  const others = system.uncounted ? [system.cpus.length] : [];
  const maybe = [...(system.unknown?.online ?? []), ...others].map((processor): CpuinfoEntry => ({ processor, features: [] }));
  const certain = cpuinfoView(system).map((entry) => {
    if (openAtEl0(system, encodingOf('MIDR_EL1'), entry.processor) === 0n) return entry;
    const { implementer: _implementer, part: _part, variant: _variant, revision: _revision, ...rest } = entry;
    return rest;
  });
  return [...certain, ...maybe].sort((a, b) => a.processor - b.processor);
}

const DCZID_EL0 = 'S3_3_C0_C0_7';

/** What MRS gives. Hardware itself gives DCZID_EL0, which few captures have: where it is not known of the CPU, it is left out. */
function seenAtEl0(system: System, cpu: number): ReadonlyMap<string, MrsResult> {
  const view = new Map(el0View(system, cpu));
  if (system.cpus[cpu]?.registers.DCZID_EL0 === undefined) view.delete(DCZID_EL0);
  return view;
}

/**
 * A process under a booted system.
 *
 * @param cpu - The CPU on which it starts, by its index in the machine.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * processOf(boot(machine, { release: '6.8' })) !== undefined // → true
 * ```
 */
export function processOf(system: System, cpu: number = system.online[0] ?? 0): Process {
  const { unknown } = system;
  return {
    hwcaps: new Set(system.hwcaps.names),
    cpuinfo: knownCpuinfo(system),
    el0: seenAtEl0(system, cpu),
    release: system.release,
    ...given({ open: unknown?.hwcaps && new Set(unknown.hwcaps), el0Open: unknown && el0Open(system, cpu) }),
  };
}
