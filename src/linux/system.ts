import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import type { FieldSet, PartialWord } from '../bits/partial-word.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { PartialRegisterFile, RegisterFile, SystemRegisterName } from '../silicon/machine.ts';
import type { Environment } from './environment.ts';
import type { Kernel } from './kernel.ts';
import type { LogEvent } from './log/log-event.ts';

/** A set of hwcaps: the words of the auxiliary vector and the names in the order in which /proc/cpuinfo prints them. */
export interface HwcapSet {
  /** AT_HWCAP, AT_HWCAP2, … as far as the kernel has them; 64 bits each (32 for AArch32). */
  readonly words: readonly bigint[];
  readonly names: readonly string[];
}

/** One sanitised register: what the kernel holds for the whole system, and what it shows to EL0. */
export interface SanitisedRegister {
  readonly name: SystemRegisterName;
  /** The safe value over all CPUs. */
  readonly value: bigint;
  /** The bits of `value` that EL0 sees. */
  readonly userMask: bigint;
  /** What EL0 sees in the bits outside `userMask`. */
  readonly userValue: bigint;
}

/** A CPU that the kernel brought up, or tried to. */
export interface BootedCpu {
  /** Its index in the machine, 0 = boot CPU. */
  readonly index: number;
  /** Whether it runs user programs. */
  readonly online: boolean;
  /** Why it does not: what the kernel found. */
  readonly refused?: string;
  /** Whether a read of CTR_EL0 at EL0 traps here, so that the kernel answers. */
  readonly trapsCtr: boolean;
  /** Its registers as the hardware gives them. */
  readonly registers: RegisterFile;
  /** What is known of registers that are not known whole. Absent: nothing. */
  readonly partly?: PartialRegisterFile;
  /** Of both, what nobody read on this CPU: all known machines with its core have it. Absent: nothing. */
  readonly usual?: readonly SystemRegisterName[];
  /** True if its registers are known in part: one that is not among them is then not known, instead of zero. */
  readonly partial?: true;
}

/** A place where the answer rests on an assumption about the kernel's history. */
export interface Doubt {
  /** The row of spec-data: a hwcap, a field, a cpucap. */
  readonly row: string;
  /** The last release known not to have it as from `since` on; absent = the start of the series. */
  readonly notIn?: string;
  /** The first release known to have it. */
  readonly since: string;
  /** The cores that it is about, as spec-data/linux/errata.json writes them; absent = any. */
  readonly midr?: string;
}

/** The bits of a register that are not known. */
export interface OpenRegister {
  /** Of the sanitised value. */
  readonly value: bigint;
  /** Of what EL0 sees. */
  readonly user: bigint;
  /** Fields of the sanitised value of which less than their open bits allow is possible, as in {@link PartialWord.sets}. Absent: none. */
  readonly sets?: ReadonlyMap<number, FieldSet>;
}

/**
 * What does not follow from what is known of a machine and a kernel: it may be one way or the other. What is certain stands in the
 * {@link System} itself; what stands in neither is certainly not so. Absent parts hold nothing.
 */
export interface Unknown {
  readonly hwcaps?: readonly string[];
  readonly compat?: readonly string[];
  readonly cpucaps?: readonly string[];
  /** The CPUs of which it is not known whether they come up, by index. */
  readonly online?: readonly number[];
  /** True if the kernel may stop; all else then is what follows if it does not. */
  readonly panic?: true;
  readonly tainted?: true;
  readonly registers?: ReadonlyMap<SystemRegisterName, OpenRegister>;
  /** A higher {@link System.mrsEmulatedFrom} that the kernel may have instead; 8 stands for none. */
  readonly mrsEmulatedFrom?: number;
  /** The CPUs of which it is not known whether a read of CTR_EL0 traps, by index. */
  readonly trapsCtr?: readonly number[];
  /** The bits of {@link System.trappedCtr} that are not known. */
  readonly trappedCtr?: bigint;
  /** By CPU: what is known of the registers that hardware itself gives to EL0, where they are not given. */
  readonly hardware?: ReadonlyMap<number, ReadonlyMap<string, PartialWord>>;
  /** Lines that may or may not have been printed; in no order. */
  readonly log?: readonly LogEvent[];
}

/** A machine booted with a kernel: all that follows for programs. */
export interface System {
  /** The kernel that was booted. */
  readonly kernel: Kernel;
  /** What was said about its surroundings. */
  readonly environment: Environment;
  /** The release whose rules held, as {@link Release.text}. */
  readonly release: string;
  readonly hwcaps: HwcapSet;
  /** The AArch32 view. */
  readonly compat: HwcapSet;
  /** Every CPU of the machine, in bring-up order. */
  readonly cpus: readonly BootedCpu[];
  /** The indices of the CPUs that are online. */
  readonly online: readonly number[];
  /** Set where nobody told how many CPUs there are: those of {@link cpus} stand for all. */
  readonly uncounted?: true;
  /** As {@link Machine.kinds}. */
  readonly kinds?: readonly bigint[];
  readonly registers: ReadonlyMap<SystemRegisterName, SanitisedRegister>;
  /** The lowest CRm (of op0 3, op1 0, CRn 0) whose MRS the kernel emulates for EL0; absent = none is emulated. */
  readonly mrsEmulatedFrom?: number;
  /** What a trapped read of CTR_EL0 gives. */
  readonly trappedCtr: bigint;
  /** Names as in the kernel's tools/cpucaps, in capability order. */
  readonly cpucaps: readonly string[];
  /** What the kernel prints about all this, in order. */
  readonly log: readonly LogEvent[];
  /** Whether the kernel marked itself TAINT_CPU_OUT_OF_SPEC. */
  readonly tainted: boolean;
  /** Set if the kernel stops during boot: on which CPU and why. All else then describes the state at that moment. */
  readonly panic: { readonly cpu: number; readonly reason: string } | null;
  /** `exact` if every rule is known for this release, `bounded` if `doubts` are left. */
  readonly fidelity: 'exact' | 'bounded';
  readonly doubts: readonly Doubt[];
  /** Loops per jiffy, which BogoMIPS is printed from; it follows from the timer's frequency. */
  readonly loopsPerJiffy: number;
  /** The kernel's HZ. */
  readonly hz: number;
  /** Registers that were read but not given (taken as zero), and other findings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Architecture features that texts say to be there, or not, by their own names. Absent: none are spoken of. */
  readonly archFeatures?: ReadonlyMap<ArchFeatureName, boolean>;
  /** Set where this kernel is but a likely one, taken since it prints the Features line of a text: an older one may have printed it, which does not know all names. */
  readonly isLikely?: true;
  /** What is not known; absent where everything is. */
  readonly unknown?: Unknown;
}
