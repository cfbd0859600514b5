import type { ArchFeatureName } from '../../arch/arch-feature-rule.ts';

/** Something that code built with a flag may use. */
export interface BuildUse {
  readonly archFeature: ArchFeatureName;
  /** The word of the flag that asks for it: `armv9-a`, `+sve2`, `neoverse-v1`. */
  readonly from: string;
  /** Set if it is used only where something is there of which that is not known. */
  readonly conditional?: true;
}

/** What a flag means to one compiler. */
export interface Build {
  /** `GCC 16.2`, `LLVM 23.1`, … */
  readonly by: string;
  readonly flag: string;
  readonly uses: readonly BuildUse[];
  /** What the compiler may emit unasked; absent: all that the flag turns on. */
  readonly emits?: ReadonlySet<ArchFeatureName>;
}

/** A flag that a compiler does not know, and why. */
export interface UnknownFlag {
  readonly by: string;
  readonly flag: string;
  readonly message: string;
}
