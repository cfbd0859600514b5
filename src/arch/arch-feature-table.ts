import type { ArchFeatureRule } from './arch-feature-descriptor.ts';
import { ARCH_FEATURE_HEADS } from './generated/arch-feature-heads.ts';
import { ARCH_FEATURE_RULES } from './generated/arch-feature-rules.ts';

/** What decides all architecture features, by name. */
export const ALL_ARCH_FEATURE_RULES: readonly ArchFeatureRule[] = ARCH_FEATURE_HEADS.map((head, index) => ({
  ...head,
  ...ARCH_FEATURE_RULES[index]!,
}));
