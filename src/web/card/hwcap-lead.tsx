import type { VNode } from 'preact';
import type { HwcapFacts } from '../../answers/hwcap-facts.ts';
import { instructionsOf } from '../../arch/mnemonic.ts';
import { hwcapLetters } from '../../linux/release/hwcap-letters.ts';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { Instructions, Lead } from './lead.tsx';

/** What a hwcap is, in a sentence. */
function Sentence({ facts: { entry, archFeatures } }: { readonly facts: HwcapFacts }): VNode {
  const letters = hwcapLetters(entry.name);
  const levels = [...new Set(archFeatures.map(({ introduced }) => introduced.level))];
  return (
    <p class="lead">
      {letters !== undefined && <>Short for “{letters}”: </>}
      {archFeatures.length === 0 && entry.when === undefined && entry.reason}
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
export function HwcapLead({ facts }: { readonly facts: HwcapFacts }): VNode {
  return (
    <Lead hwcaps={[facts.entry.name]}>
      <Sentence facts={facts} />
      <Instructions names={[...new Set(facts.archFeatures.flatMap(({ name }) => instructionsOf(name)))]} />
    </Lead>
  );
}
