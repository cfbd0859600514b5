import { findArchFeature } from '../../../arch/arch-feature.ts';
import { instructionsOf } from '../../../arch/mnemonic.ts';
import { formatArchFeatureLevels } from '../../../formats/arch-feature-levels.ts';
import { listed, type NameKind } from '../name-kind.ts';
import { FEAT_NAMES } from './feat-names.ts';

/** Architecture features. */
export const FEAT_KIND: NameKind = {
  ...FEAT_NAMES,
  sentence: (name) => {
    const own = findArchFeature(name);
    if (own === undefined) return '';
    const instructions = instructionsOf(own.name);
    const hwcaps = own.linuxHwcaps ?? [];
    const told =
      hwcaps.length === 0
        ? 'Linux has no hwcap for it.'
        : `Linux tells it by the ${hwcaps.length === 1 ? 'hwcap' : 'hwcaps'} ${hwcaps.join(', ')}.`;
    return `${own.name}: ${own.description}. ${formatArchFeatureLevels(own)}.${instructions.length === 0 ? '' : ` Instructions: ${listed(instructions)}.`} ${told}`;
  },
};
