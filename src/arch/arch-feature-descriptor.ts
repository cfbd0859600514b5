import type { Tree } from '../logic/tree.ts';
import type { ArchFeatureName, ArchLevelName, FieldPath } from './generated/names.ts';

/** A comparison with a field, which takes the sign that it is declared with: `FP atLeast 0` fails for `0b1111`. */
export type FieldComparison =
  | { readonly field: FieldPath; readonly atLeast: number }
  | { readonly field: FieldPath; readonly equals: number }
  | { readonly field: FieldPath; readonly below: number }
  | { readonly field: FieldPath; readonly oneOf: readonly number[] };

/** The leaves of an {@link Identification}. */
export type IdentificationLeaf =
  | FieldComparison
  | { readonly archFeature: ArchFeatureName }
  | { readonly level: ArchLevelName }
  | { readonly always: boolean };

/** How ID registers show that something is there: a tree of comparisons with fields. */
export type Identification = Tree<IdentificationLeaf>;

/** What an architecture feature is called, by Arm, Linux and LLVM. */
export interface ArchFeatureHead {
  readonly name: ArchFeatureName;
  /** Names in the `Features` line of /proc/cpuinfo. */
  readonly linuxHwcaps?: readonly string[];
  /** LLVM's target feature, and the names that `-march` takes. */
  readonly llvm?: { readonly march?: string; readonly alias?: string; readonly targetFeature: string };
}

/** What is decided by an architecture feature: how registers show it. */
export interface ArchFeatureRule extends ArchFeatureHead {
  /** `former-name`: Arm now uses another name; `future-technology`: published, not yet part of a level. */
  readonly status: 'current' | 'former-name' | 'withdrawn' | 'future-technology';
  /** The lowest level that may include it; absent: not stated. */
  readonly optionalFrom?: ArchLevelName;
  /** The level from which every implementation has it. */
  readonly mandatoryFrom?: ArchLevelName;
  /** The condition on AArch64 ID registers; absent: they do not tell. */
  readonly identification?: Identification;
  /** What registers show wherever it is there, besides: where that is missing it is not, whatever else is not known. */
  readonly needed?: Identification;
}

/** The part of a rule that is no name. */
export type ArchFeatureTest = Omit<ArchFeatureRule, keyof ArchFeatureHead>;

/** What is said of an architecture feature, and what comes with it. */
export interface ArchFeatureWords {
  /** The level it is commonly listed under. Weaker than {@link optionalFrom} and {@link mandatoryFrom}; `basis` tells from what. */
  readonly introduced: {
    readonly level: ArchLevelName;
    readonly basis: 'extension-year' | 'attribution' | 'first-optional' | 'rule' | 'published-2025';
  };
  /** The same under a condition, such as the presence of EL2. */
  readonly mandatoryConditional?: readonly { readonly from: ArchLevelName; readonly when: Identification }[];
  /** The level from which no implementation may have it. */
  readonly removedFrom?: ArchLevelName;
  /** What this feature implies. Two names of the same thing imply each other, so a solver must allow cycles. */
  readonly requires?: readonly ArchFeatureName[];
  /** Of each list at least one is implied. */
  readonly requiresAny?: readonly (readonly ArchFeatureName[])[];
  /** Never together with these. */
  readonly excludes?: readonly ArchFeatureName[];
  /** Set if registers outside the AArch64 ID space (PMU, trace, external debug) tell. */
  readonly identifiedElsewhere?: true;
  readonly description: string;
  /** A coarse subject, such as `sve`, `mmu` or `pauth`. */
  readonly category: string;
  /** The year of the extension that brought it, where Arm counts by year. */
  readonly extensionYear?: number;
  /** The names that GCC's `-march` takes. */
  readonly gcc?: readonly string[];
  /** How sure the row is, for features that no full register set describes yet; absent: stated by Arm's constraint file. */
  readonly confidence?: 'high' | 'medium' | 'low';
}

/** What is said first of an architecture feature. */
export type LeadWords = Pick<ArchFeatureWords, 'description' | 'introduced' | 'gcc'>;

/** What else is said of one. */
export type FurtherWords = Omit<ArchFeatureWords, keyof LeadWords>;

/** An architecture feature with what is said first of it. */
export interface ArchFeatureLead extends ArchFeatureHead, LeadWords {}

/** One architecture feature (FEAT_*). */
export interface ArchFeature extends ArchFeatureRule, ArchFeatureWords {}

/** What an architecture feature brings for programmers to write. */
export interface MnemonicRow {
  readonly archFeature: ArchFeatureName;
  /** As assemblers take them; a system instruction with its operand, such as `DC CVAP`. Absent: none. */
  readonly mnemonics?: readonly string[];
  /** The registers that programs reach by MRS and MSR. Absent: none. */
  readonly registers?: readonly string[];
}
