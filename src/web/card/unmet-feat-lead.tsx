import type { VNode } from 'preact';
import { findUnmetArchFeature } from '../../arch/unmet-arch-feature.ts';
import { FeatSentence } from './feat-sentence.tsx';

/** The first picture of an architecture feature that programs do not meet. */
export function UnmetFeatLead({ name }: { readonly name: string }): VNode | null {
  const archFeature = findUnmetArchFeature(name);
  if (archFeature === undefined) return null;
  return (
    <div class="lead-pair">
      <FeatSentence archFeature={archFeature} hwcaps={[]} />
    </div>
  );
}
