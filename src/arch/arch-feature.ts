import type { ArchFeature } from './arch-feature-descriptor.ts';
import { ALL_ARCH_FEATURE_RULES } from './arch-feature-rule.ts';
import { ARCH_FEATURE_WORDS } from './generated/arch-feature-words.ts';

export type { ArchFeature } from './arch-feature-descriptor.ts';
export * from './arch-feature-rule.ts';

/** All architecture features, by name. */
export const ALL_ARCH_FEATURES: readonly ArchFeature[] = ALL_ARCH_FEATURE_RULES.map((rule, index) => ({
  ...rule,
  ...ARCH_FEATURE_WORDS[index]!,
}));

let byLowerName: ReadonlyMap<string, ArchFeature> | undefined;

/**
 * The architecture feature of a name, in any case, with or without `FEAT_`; `undefined` if there is none.
 *
 * @example
 * ```js
 * findArchFeature('lse').name // → 'FEAT_LSE'
 * ```
 */
export function findArchFeature(name: string): ArchFeature | undefined {
  byLowerName ??= new Map(ALL_ARCH_FEATURES.map((row) => [row.name.toLowerCase(), row]));
  const lower = name.toLowerCase();
  return byLowerName.get(lower.startsWith('feat_') ? lower : `feat_${lower}`);
}
