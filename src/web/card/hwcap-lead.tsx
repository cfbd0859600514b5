import type { VNode } from 'preact';
import { archFeaturesOfHwcap } from '../../answers/hwcap-arch-features.ts';
import type { ArchFeatureLead } from '../../arch/arch-feature-descriptor.ts';
import { instructionsOfAny } from '../../arch/mnemonic.ts';
import type { AnyHwcap } from '../../linux/release/hwcap-catalogue.ts';
import { hwcapLetters } from '../../linux/release/hwcap-letters.ts';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { Instructions, Lead } from './lead.tsx';

interface SentenceProps {
  readonly entry: AnyHwcap;
  readonly archFeatures: readonly ArchFeatureLead[];
}

/** What a hwcap is, in a sentence. */
function Sentence({ entry, archFeatures }: SentenceProps): VNode {
  const letters = hwcapLetters(entry.name);
  const reason = archFeatures.length === 0 && entry.when === undefined ? entry.reason : undefined;
  const levels = [...new Set(archFeatures.map(({ introduced }) => introduced.level))];
  return (
    <p class="lead">
      {letters !== undefined && `Short for “${letters}”${reason === undefined ? ': ' : '. '}`}
      {reason?.replace(/^no ID register: /, 'No ID register tells of it: it is ')}
      {archFeatures.map(({ name, description }, index) => (
        <span key={name}>
          {index > 0 && '; '}
          {description} (<ReferenceLink kind="feat" name={name} />)
        </span>
      ))}
      {levels.length > 0 && (
        <>
          , from <ReferenceLinks kind="level" names={levels} />
        </>
      )}
      . In Linux since <ReferenceLink kind="release" name={entry.since} />.
    </p>
  );
}

/** The first picture of a hwcap. */
export function HwcapLead({ entry }: { readonly entry: AnyHwcap }): VNode {
  const archFeatures = archFeaturesOfHwcap(entry.name);
  return (
    <Lead hwcaps={[entry.name]}>
      <Sentence entry={entry} archFeatures={archFeatures} />
      <Instructions names={instructionsOfAny(archFeatures)} />
    </Lead>
  );
}
