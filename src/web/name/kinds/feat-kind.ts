import type { ArchFeature } from '../../../arch/arch-feature-descriptor.ts';
import { ALL_ARCH_FEATURE_RULES, findArchFeatureRule } from '../../../arch/arch-feature-rule.ts';
import { instructionsOf } from '../../../arch/mnemonic.ts';
import { formatArchFeatureLevels } from '../../../formats/arch-feature-levels.ts';
import { listed, type NameKind } from '../name-kind.ts';

function sentenceOf(own: ArchFeature): string {
  const instructions = instructionsOf(own.name);
  const hwcaps = own.linuxHwcaps ?? [];
  const told = hwcaps.length === 0 ? 'Linux has no hwcap for it.' : `Linux tells it by the hwcap ${hwcaps.join(' ')}.`;
  return `${own.name}: ${own.description}. ${formatArchFeatureLevels(own)}.${instructions.length === 0 ? '' : ` Instructions: ${listed(instructions)}.`} ${told}`;
}

/** Architecture features, as far as something finds what is said of them. */
export function featKind(find: (name: string) => ArchFeature | undefined): NameKind {
  return {
    word: 'architecture feature',
    plural: 'Architecture features',
    about: 'FEAT_* are Arm’s names for parts of the architecture; levels make them optional or mandatory, ID registers show most of them.',
    all: () => ALL_ARCH_FEATURE_RULES.map(({ name }) => name),
    find: (text) => findArchFeatureRule(text)?.name,
    sentence: (name) => {
      const own = find(name);
      return own === undefined ? '' : sentenceOf(own);
    },
  };
}
