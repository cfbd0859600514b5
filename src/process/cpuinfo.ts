import { kernelAt } from '../linux/release/kernel-at.ts';
import type { System } from '../linux/system.ts';
import { RUNS_AARCH32 } from '../rows/slots.ts';
import { parseMidr } from '../silicon/midr.ts';

/** What a program asked to be shown: the native view, or the one of a 32-bit Arm machine (`setarch linux32`). */
export type Personality = 'PER_LINUX' | 'PER_LINUX32';

/** One CPU of /proc/cpuinfo. What a listing leaves out is absent. */
export interface CpuinfoEntry {
  /** The kernel's number of the CPU. */
  readonly processor: number;
  /** Only in the 32-bit view, such as `ARMv8 Processor rev 3 (v8l)`. */
  readonly modelName?: string;
  /** Twice the timer's frequency in MHz, as `48.00`. */
  readonly bogoMips?: string;
  /** In the order in which the kernel prints them. */
  readonly features: readonly string[];
  /** Whether these are only some of the names, so that one that is missing says nothing. */
  readonly isPart?: true;
  /** 0 to 0xff. */
  readonly implementer?: number;
  /** Always 8 on kernels of today; very old ones printed `AArch64`, which reads as 8 too. */
  readonly architecture?: number;
  /** 0 to 15. */
  readonly variant?: number;
  /** 0 to 0xfff. */
  readonly part?: number;
  /** 0 to 15. */
  readonly revision?: number;
}

/**
 * BogoMIPS as the kernel prints it. All divisions are those of integers, so that HZ leaves its trace in the digits.
 *
 * @see Linux `arch/arm64/kernel/cpuinfo.c`, `c_show()`.
 */
export function bogoMips(loopsPerJiffy: number, hz: number): string {
  const whole = Math.floor(loopsPerJiffy / Math.floor(500_000 / hz));
  const hundredths = Math.floor(loopsPerJiffy / Math.floor(5_000 / hz)) % 100;
  return `${whole}.${String(hundredths).padStart(2, '0')}`;
}

/** No generic timer counts faster: since Armv8.6 each counts at this frequency, and those before it are slower. */
const FASTEST_TIMER_HZ = 1_000_000_000;

/**
 * The frequency of the generic timer in Hz that BogoMIPS as printed shows, which is twice that; `undefined` if it is none of a timer: some
 * vendors' kernels print twice the CPU's frequency.
 *
 * @see Arm ARM, "The generic timer", "The system counter".
 *
 * @example
 * ```js
 * timerOfBogoMips('48.00') // → 24000000
 * ```
 */
export function timerOfBogoMips(printed: string): number | undefined {
  const hz = Math.round(Number(printed) * 500_000);
  return hz > 0 && hz <= FASTEST_TIMER_HZ ? hz : undefined;
}

/**
 * Whether a program can take a personality: that of a 32-bit machine needs a system on which AArch32 programs run. Kernels before 4.7
 * give it to everyone.
 *
 * @see Linux `arch/arm64/kernel/sys.c`, `sys_arm64_personality()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('apple-m1');
 * hasPersonality(boot(machine, { release: '6.8' }), 'PER_LINUX32') // → false
 * ```
 */
export function hasPersonality({ kernel, cpucaps }: System, personality: Personality): boolean {
  if (personality === 'PER_LINUX' || cpucaps.some((name) => RUNS_AARCH32.includes(name))) return true;
  return !kernelAt(kernel).behaviour['compat-needs-32bit-el0'];
}

/** The lower half of a CPU's MIDR_EL1, which is all that /proc/cpuinfo shows; `undefined` if it is not known. */
function knownMidr({ cpus, unknown }: System, processor: number): bigint | undefined {
  const partly = unknown?.hardware?.get(processor)?.get('MIDR_EL1');
  if (partly === undefined) return cpus[processor]?.registers.MIDR_EL1 ?? 0n;
  return (partly.open & 0xffff_ffffn) === 0n ? partly.value & 0xffff_ffffn : undefined;
}

/**
 * /proc/cpuinfo: one entry for each CPU that is online, in the kernel's order. Features are those of the system; the rest is each
 * CPU's own.
 *
 * The 32-bit view has the AArch32 hwcaps and, from Linux 4.7 on and in late 4.4.y, the line `model name`. What it would show is given
 * even where no program can ask for it; see {@link hasPersonality}.
 *
 * @see Linux `arch/arm64/kernel/cpuinfo.c`, `c_show()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * cpuinfoView(boot(machine, { release: '6.8' }))[0].features // → ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid']
 * ```
 */
export function cpuinfoView(
  system: System,
  { personality = 'PER_LINUX' }: { readonly personality?: Personality } = {},
): readonly CpuinfoEntry[] {
  const compat = personality === 'PER_LINUX32';
  const named = compat && kernelAt(system.kernel).behaviour['compat-model-name'] === true;
  const features = compat ? system.compat.names : system.hwcaps.names;
  const speed = bogoMips(system.loopsPerJiffy, system.hz);
  return system.online.map((processor) => {
    const midr = knownMidr(system, processor);
    if (midr === undefined) return { processor, bogoMips: speed, features, architecture: 8 };
    const { implementer, variant, part, revision } = parseMidr(midr);
    const modelName = named ? { modelName: `ARMv8 Processor rev ${revision} (v8l)` } : {};
    return { processor, ...modelName, bogoMips: speed, features, implementer, architecture: 8, variant, part, revision };
  });
}
