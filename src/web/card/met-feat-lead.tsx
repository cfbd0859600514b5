import type { VNode } from 'preact';
import { hwcapsOfSubject } from '../../answers/why/subject-hwcaps.ts';
import { instructionsOf } from '../../arch/mnemonic.ts';
import { findProgramArchFeature } from '../../arch/program-arch-feature.ts';
import { FeatSentence } from './feat-sentence.tsx';
import { Instructions, Lead } from './lead.tsx';

/** The first picture of an architecture feature that programs meet: how they ask for it, and what they write with it. */
export function MetFeatLead({ name }: { readonly name: string }): VNode | null {
  const archFeature = findProgramArchFeature(name);
  if (archFeature === undefined) return null;
  const hwcaps = hwcapsOfSubject({ kind: 'arch-feature', name });
  return (
    <Lead hwcaps={hwcaps}>
      <FeatSentence archFeature={archFeature} hwcaps={hwcaps} />
      <Instructions names={instructionsOf(archFeature.name)} />
    </Lead>
  );
}
