import { ALL_ARCH_FEATURE_RULES, findArchFeatureRule } from '../../../arch/arch-feature-rule.ts';
import type { NameKind } from '../name-kind.ts';

/** Architecture features, without what each is. */
export const FEAT_NAMES: Omit<NameKind, 'sentence'> = {
  word: 'architecture feature',
  plural: 'Architecture features',
  about: 'FEAT_* are Arm’s names for parts of the architecture; levels make them optional or mandatory, ID registers show most of them.',
  all: () => ALL_ARCH_FEATURE_RULES.map(({ name }) => name),
  find: (text) => findArchFeatureRule(text)?.name,
};
