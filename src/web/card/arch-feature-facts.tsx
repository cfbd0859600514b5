import type { VNode } from 'preact';
import type { ArchFeature } from '../../arch/arch-feature.ts';
import { formatArchFeatureLevels } from '../../formats/arch-feature-levels.ts';
import { formatIdentification } from '../../formats/identification.ts';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { ReferenceLinks } from '../catalogue/reference-link.tsx';
import { linkTo } from '../route.ts';

const STATUS: Readonly<Record<ArchFeature['status'], string>> = {
  current: '',
  'former-name': 'a former name; Arm now uses another one',
  withdrawn: 'withdrawn',
  'future-technology': 'published, not yet part of a level',
};

function shownBy({ identification, identifiedElsewhere }: ArchFeature): string {
  if (identification !== undefined) return formatIdentification(identification);
  return identifiedElsewhere ? 'registers outside the ID space' : 'no ID register';
}

/** What is known of an architecture feature, in brief. */
export function ArchFeatureFacts({ archFeature }: { readonly archFeature: ArchFeature }): VNode {
  const { name, requires = [], requiresAny = [], excludes = [], linuxHwcaps = [], status, extensionYear } = archFeature;
  return (
    <FactList
      facts={[
        ['Level', <LinkedText key="level" text={formatArchFeatureLevels(archFeature)} />],
        ['Shown by', <LinkedText key="shown" text={shownBy(archFeature)} />],
        ['Hwcaps', linuxHwcaps.length > 0 ? <ReferenceLinks kind="hwcap" names={linuxHwcaps} /> : 'none'],
        ['Needs', requires.length > 0 && <ReferenceLinks kind="feat" names={requires} />],
        ['Needs one of', requiresAny.length > 0 && requiresAny.map((names) => <ReferenceLinks key={names[0]} kind="feat" names={names} />)],
        ['Never with', excludes.length > 0 && <ReferenceLinks kind="feat" names={excludes} />],
        [
          'Subject',
          <a key="subject" href={linkTo('levels', '', [['q', archFeature.category]])}>
            {archFeature.category}
          </a>,
        ],
        ['Extension of', extensionYear],
        ['Status', STATUS[status]],
        [
          'Ask',
          <a key="ask" href={linkTo('machine', '', [['why', name]])}>
            Why a machine has it or not
          </a>,
        ],
      ]}
    />
  );
}
