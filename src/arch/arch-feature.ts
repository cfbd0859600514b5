import type { ArchFeature } from './arch-feature-descriptor.ts';
import { finderIn } from './arch-feature-head.ts';
import type { ArchFeatureName } from './arch-feature-rule.ts';
import { ALL_ARCH_FEATURE_RULES } from './arch-feature-table.ts';
import { ARCH_FEATURE_WORDS } from './generated/arch-feature-words.ts';
import type { ArchLevel } from './level-descriptor.ts';
import { PROGRAM_ARCH_FEATURES } from './program-arch-feature.ts';
import { UNMET_ARCH_FEATURES } from './unmet-arch-feature.ts';

export type { ArchFeature } from './arch-feature-descriptor.ts';
export * from './arch-feature-rule.ts';

const leads = new Map([...PROGRAM_ARCH_FEATURES, ...UNMET_ARCH_FEATURES].map((lead) => [lead.name, lead]));

/** All architecture features, by name. */
export const ALL_ARCH_FEATURES: readonly ArchFeature[] = ALL_ARCH_FEATURE_RULES.map((rule, index) => ({
  ...rule,
  ...leads.get(rule.name)!,
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

/**
 * The architecture features that are commonly listed under a level and that it does not name in its own lists: they came with it, and
 * levels below were then allowed to have them, too.
 *
 * @example
 * ```js
 * archFeaturesAllowedEarlier(findLevel('Armv8.5-A')).includes('FEAT_RNG') // → true
 * ```
 */
export function archFeaturesAllowedEarlier(level: ArchLevel): readonly ArchFeatureName[] {
  const { mandatory = [], conditional = [], optional = [], removed = [] } = level;
  const named = new Set<string>([...mandatory, ...conditional.map(({ archFeature }) => archFeature), ...optional, ...removed]);
  return ALL_ARCH_FEATURES.flatMap(({ name, introduced }) => (introduced.level === level.name && !named.has(name) ? [name] : []));
}
