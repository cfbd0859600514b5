import type { VNode } from 'preact';
import type { ArchFeatureLead } from '../../arch/arch-feature-descriptor.ts';
import { findArchFeatureRule } from '../../arch/arch-feature-rule.ts';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';

interface Props {
  readonly archFeature: ArchFeatureLead;
  /** The hwcaps that tell of it. */
  readonly hwcaps: readonly string[];
}

/** What an architecture feature is, from which level on, and how programs learn of it. */
export function FeatSentence({ archFeature: { name, description, introduced }, hwcaps }: Props): VNode {
  const mandatoryFrom = findArchFeatureRule(name)?.mandatoryFrom;
  return (
    <p class="lead">
      {description}.{' '}
      {mandatoryFrom !== introduced.level && (
        <>
          From <ReferenceLink kind="level" name={introduced.level} />
        </>
      )}
      {mandatoryFrom !== undefined && (
        <>
          {mandatoryFrom === introduced.level ? 'In' : ', and in'} every CPU from <ReferenceLink kind="level" name={mandatoryFrom} /> on
        </>
      )}
      .{' '}
      {hwcaps.length === 0 ? (
        'Linux has no hwcap for it.'
      ) : (
        <>
          Linux tells it by <ReferenceLinks kind="hwcap" names={hwcaps} between=", " />.
        </>
      )}
    </p>
  );
}
