import type { Identification } from './arch-feature-descriptor.ts';
import type { ArchFeatureName, ArchLevelName } from './generated/names.ts';

/** One architecture level. The lists hold what is new at the level; it also includes everything of the levels it implies. */
export interface ArchLevel {
  readonly name: ArchLevelName;
  /** The levels directly below: `Armv9.1-A` implies `Armv9.0-A` and `Armv8.6-A`. */
  readonly implies?: readonly ArchLevelName[];
  /** What every implementation has from this level on. */
  readonly mandatory?: readonly ArchFeatureName[];
  /** What an implementation has from this level on if a condition holds. */
  readonly conditional?: readonly ConditionalArchFeature[];
  /** What may be implemented from this level on. */
  readonly optional?: readonly ArchFeatureName[];
  /** What must not be implemented from this level on. */
  readonly removed?: readonly ArchFeatureName[];
}

/** An architecture feature that is mandatory under a condition, such as FEAT_VHE where EL2 is implemented. */
export interface ConditionalArchFeature {
  readonly archFeature: ArchFeatureName;
  readonly when: Identification;
}
