import type { ArchFeatureName } from '../arch/arch-feature.ts';
import type { ArchLevelName } from '../arch/level.ts';

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

/** When Rust's detection says yes: a tree over names of the Features line. */
export type RustCondition =
  | string
  | { readonly all: readonly RustCondition[] }
  | { readonly any: readonly RustCondition[] }
  | { readonly not: RustCondition };

/** A target feature of Rust. */
export interface RustFeatureRow {
  readonly name: string;
  readonly when: RustCondition;
  /** How `-C target-feature` takes it; `none`: not at all. */
  readonly flag: 'stable' | 'unstable' | 'none';
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

/** What other systems, runtimes and libraries call a hwcap; an absent name: they have none for it. */
export interface HwcapNamesRow {
  /** As in the Features line of Linux. */
  readonly name: string;
  readonly goXSysCpu?: string;
  readonly goInternalCpu?: string;
  readonly rust?: readonly string[];
  readonly cpuFeatures?: string;
  readonly llvmHost?: string;
  readonly gcc?: readonly string[];
  readonly macos?: readonly string[];
  readonly freebsd?: string;
  readonly windows?: readonly string[];
}

/** A processor feature of Windows. */
export interface WindowsFeatureRow {
  /** Such as `PF_ARM_V82_DP_INSTRUCTIONS_AVAILABLE`. */
  readonly name: string;
  readonly number: number;
  readonly archFeatures?: readonly ArchFeatureName[];
  readonly linuxHwcaps?: readonly string[];
}
