import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import type { ArchLevelName } from '../arch/level.ts';
import type { Tree } from '../logic/tree.ts';

/** A level that `-march` takes. */
export interface CompilerLevelRow {
  readonly level: ArchLevelName;
  /** Such as `armv8.2-a`. */
  readonly march: string;
  /** What it turns on beyond the levels that it implies. */
  readonly adds?: readonly ArchFeatureName[];
}

/** An extension that may stand after a level: `+lse`. */
export interface ExtensionRow {
  readonly name: string;
  readonly features: readonly ArchFeatureName[];
  /** Extensions that come with it. */
  readonly requires?: readonly string[];
  /** Those that it is only a name for; they go with it. */
  readonly standsFor?: readonly string[];
}

/** A compiler: what its `-march` takes. */
export interface CompilerRow {
  readonly name: 'gcc' | 'llvm';
  readonly title: string;
  /** The version whose tables these are; what older ones take is not known. */
  readonly version: string;
  /** What it never emits by itself: privileged registers and instructions, hints. A level that includes one does no harm. */
  readonly notGenerated: readonly ArchFeatureName[];
  /** In the order of the levels, v8 before v9. */
  readonly levels: readonly CompilerLevelRow[];
  readonly extensions: readonly ExtensionRow[];
}

/** A name that LLVM's `-mcpu` takes. */
export interface LlvmCpuRow {
  readonly name: string;
  /** Absent for the R profile. */
  readonly level?: ArchLevelName;
  readonly profile?: 'R';
  readonly aliases?: readonly string[];
  /** What it turns on besides the level. */
  readonly features: readonly ArchFeatureName[];
}

/** A level of GOARM64. */
export interface GoLevelRow {
  /** Such as `v8.1`. */
  readonly name: string;
  readonly includes?: readonly string[];
  readonly adds?: readonly ArchFeatureName[];
  readonly conditional?: readonly { readonly archFeature: ArchFeatureName; readonly when: ArchFeatureName }[];
}

/** What may stand behind a level of GOARM64, such as `,crypto`. */
export interface GoSuffixRow {
  readonly name: string;
  readonly archFeatures: readonly ArchFeatureName[];
  /** The level that has it anyway. */
  readonly impliedFrom?: string;
}

/** How programs ask for a hwcap by themselves. */
export interface HwcapTestRow {
  /** As in the Features line of Linux. */
  readonly name: string;
  readonly goXSysCpu?: string;
  readonly goInternalCpu?: string;
  readonly rust?: readonly string[];
}

/** What other systems, runtimes and libraries call a hwcap; an absent name: they have none for it. */
export interface HwcapNamesRow extends HwcapTestRow {
  readonly cpuFeatures?: string;
  readonly llvmHost?: string;
  readonly gcc?: readonly string[];
  readonly macos?: readonly string[];
  readonly freebsd?: string;
  readonly windows?: readonly string[];
}

/** What a {@link HwcapNamesRow} has besides. */
export type OtherNamesRow = Omit<HwcapNamesRow, keyof HwcapTestRow>;

/** A processor feature of Windows. */
export interface WindowsFeatureRow {
  /** Such as `PF_ARM_V82_DP_INSTRUCTIONS_AVAILABLE`. */
  readonly name: string;
  readonly number: number;
  readonly archFeatures?: readonly ArchFeatureName[];
  readonly linuxHwcaps?: readonly string[];
}

/** What the rules of programs ask of a process. */
export type ProcessLeaf =
  | { readonly hwcap: string }
  /** A word of the first Features line of /proc/cpuinfo. */
  | { readonly word: string }
  /** Another name of the same answer. */
  | { readonly name: string }
  /**
   * MIDR_EL1 by MRS, which programs read only where the cpuid hwcap is set. Each `implementer part`, with `*` for any part, and with a
   * variant behind it if that matters.
   */
  | { readonly midr: readonly string[]; readonly architecture?: string }
  /** A field of an ID register by MRS, which programs read only where the cpuid hwcap is set. */
  | { readonly field: string; readonly atLeast: number }
  /** The least release of the kernel, by uname. */
  | { readonly kernel: string }
  /** How many bytes DC ZVA zeroes. */
  | { readonly zva: number }
  /** The last block of /proc/cpuinfo, written as for `midr`. */
  | { readonly core: readonly string[] }
  /** The cores of /proc/cpuinfo are exactly these. */
  | { readonly parts: readonly string[] }
  /** How the line `Hardware` of /proc/cpuinfo ends. */
  | { readonly hardware: readonly string[] };

/** A rule of a program. */
export type ProcessCondition = Tree<ProcessLeaf>;

/** A name that a program may conclude. */
export interface NameRow {
  readonly name: string;
  /** The versions in which it holds; absent: all. */
  readonly in?: readonly string[];
  /** Absent: always. */
  readonly when?: ProcessCondition;
  /** Where it stands in the word, for answers that are words. */
  readonly bit?: number;
  /** How `-C target-feature` of Rust takes it; `none`: not at all. */
  readonly flag?: 'stable' | 'unstable' | 'none';
}

/** One thing that a program concludes. */
export interface AnswerRow {
  /** Absent where the program has but one. */
  readonly name?: string;
  readonly in?: readonly string[];
  /** All names that hold; the first that holds; all, as bits of a word; whether the one name holds. */
  readonly kind: 'names' | 'first' | 'bits' | 'flag';
  readonly rows: readonly NameRow[];
}

/** A program, and what it concludes by rules. */
export interface ProgramRow {
  readonly name: string;
  readonly title: string;
  /** The versions that are known, from the oldest to the newest of each library. */
  readonly versions: readonly string[];
  /** Which builds were held against it. */
  readonly builds: string;
  /** What it reads, in words. */
  readonly reads: string;
  readonly note: string;
  readonly answers: readonly AnswerRow[];
}

/** A feature that a version of a function may ask for. */
export interface CloneRow {
  /** One spelling, or two apart by a space. */
  readonly name: string;
  /** The name of its bit in the word of function versions. */
  readonly bit: string;
}

/** The fixed features of a core in Clang. */
export interface ClangCoreRow {
  readonly name: string;
  readonly list: string;
}

/** How a version of GCC's driver goes about `native`. */
export interface GccDriverRow {
  readonly in: readonly string[];
  /** It reads a line in pieces of so many characters, and loses the last one of each that is followed by another; absent: whole. */
  readonly piece?: number;
  /** How many parts and variants it has room for. */
  readonly room: number;
  /** Whether one part in several variants is understood. */
  readonly anyVariant: boolean;
  /** What `-march=native` becomes. */
  readonly march: 'arch' | 'cpu';
  /** The core that stands for one that it does not know. */
  readonly fallback?: string;
  /** Whether a name that stands for others asks for these, or for all that comes with it. */
  readonly alias?: 'standsFor' | 'on';
  /** Whether `-mtune=native` is understood. */
  readonly tune: boolean;
}

/** An extension in some versions of GCC. */
export interface GccExtensionVersionRow {
  readonly in?: readonly string[];
  /** What Features must hold; absent: it cannot be told from Features. */
  readonly when?: ProcessCondition;
  /** The extensions that come with it, apart by spaces. */
  readonly on?: string;
  /** Those that go with it; absent: those that come with it. */
  readonly off?: string;
  /** A name for these, taken only where all that comes with it is wanted. */
  readonly standsFor?: string;
  /** Whether its name is printed in their place where they go together: `+nocrypto`. */
  readonly standsInNo?: true;
  readonly synthetic?: true;
}

/** An extension of GCC. */
export interface GccExtensionRow {
  readonly name: string;
  /** Absent where it is only a name for others. */
  readonly features?: readonly ArchFeatureName[];
  readonly rows: readonly GccExtensionVersionRow[];
}

/** A core, or a pair of cores, of GCC. */
export interface GccCoreRow {
  readonly name: string;
  readonly in?: readonly string[];
  readonly implementer: string;
  /** Two, apart by a space: a big and a little one. Absent: none has it. */
  readonly part?: string;
  /** Absent: any. */
  readonly variant?: string;
  /** `Armv8-R` apart from the levels. */
  readonly level: string;
  /** Its extensions, apart by spaces. */
  readonly has: string;
}

/** An architecture of GCC's `-march`. */
export interface GccArchRow {
  readonly in: readonly string[];
  readonly level: string;
  readonly name: string;
  readonly has: string;
}

/** The tables of GCC's driver. */
export interface GccNativeRow {
  readonly drivers: readonly GccDriverRow[];
  /** The order of the extensions. */
  readonly order: readonly { readonly in: readonly string[]; readonly names: string }[];
  readonly arches: readonly GccArchRow[];
  readonly cores: readonly GccCoreRow[];
}
