import type { ArchFeature } from './arch-feature-descriptor.ts';
import { finderIn } from './arch-feature-head.ts';
import { ALL_ARCH_FEATURE_RULES } from './arch-feature-table.ts';
import { ARCH_FEATURES_IN_BRIEF } from './arch-features-in-brief.ts';
import { ARCH_FEATURE_WORDS } from './generated/arch-feature-words.ts';

export type { ArchFeature } from './arch-feature-descriptor.ts';
export * from './arch-feature-rule.ts';
export { archFeaturesAllowedEarlier } from './arch-features-in-brief.ts';

/** All architecture features, by name. */
export const ALL_ARCH_FEATURES: readonly ArchFeature[] = ALL_ARCH_FEATURE_RULES.map((rule, index) => ({
  ...rule,
  ...ARCH_FEATURES_IN_BRIEF[index]!,
  ...ARCH_FEATURE_WORDS[index]!,
}));

const find = finderIn(() => ALL_ARCH_FEATURES);

/**
 * The architecture feature of a name, in any case, with or without `FEAT_`; `undefined` if there is none.
 *
 * @example
 * ```js
 * findArchFeature('lse').name // → 'FEAT_LSE'
 * ```
 */
export function findArchFeature(name: string): ArchFeature | undefined {
  return find(name);
}
