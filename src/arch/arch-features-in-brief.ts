import type { ArchFeatureLead } from './arch-feature-descriptor.ts';
import { finderIn } from './arch-feature-head.ts';
import { ARCH_FEATURE_HEADS } from './generated/arch-feature-heads.ts';
import type { ArchFeatureName } from './generated/names.ts';
import type { ArchLevel } from './level-descriptor.ts';
import { PROGRAM_ARCH_FEATURES } from './program-arch-feature.ts';
import { UNMET_ARCH_FEATURES } from './unmet-arch-feature.ts';

const leads = new Map([...PROGRAM_ARCH_FEATURES, ...UNMET_ARCH_FEATURES].map((lead) => [lead.name, lead]));

/** All architecture features, by name, with what is said first of each. */
export const ARCH_FEATURES_IN_BRIEF: readonly ArchFeatureLead[] = ARCH_FEATURE_HEADS.map(({ name }) => leads.get(name)!);

/** One of {@link ARCH_FEATURES_IN_BRIEF} by its name, in any case, with or without `FEAT_`; `undefined` if there is none. */
export const findArchFeatureInBrief: (name: string) => ArchFeatureLead | undefined = finderIn(() => ARCH_FEATURES_IN_BRIEF);

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
  return ARCH_FEATURES_IN_BRIEF.flatMap(({ name, introduced }) => (introduced.level === level.name && !named.has(name) ? [name] : []));
}
