import type { VNode } from 'preact';
import { hwcapsTelling } from '../../answers/arch-feature-hwcaps.ts';
import type { ArchFeature } from '../../arch/arch-feature.ts';
import { instructionsOf } from '../../arch/mnemonic.ts';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { later } from '../later.ts';
import type { ViewProps } from '../view.ts';
import { LiveWay } from '../why/live-way.tsx';
import { Instructions, Lead } from './lead.tsx';

const REST = later(async () => (await import('./arch-feature-rest.tsx')).ArchFeatureRest);

/** The page of an architecture feature: the first picture at once, the rest when the reader stirs. */
export function ArchFeatureCardView({ archFeature, ...props }: ViewProps & { readonly archFeature: ArchFeature }): VNode {
  const { name, description, introduced, mandatoryFrom } = archFeature;
  const telling = hwcapsTelling(name);
  const Rest = REST.use();
  return (
    <>
      <h1>
        <code>{name}</code> <span class="kind">architecture feature</span>
      </h1>
      <Lead hwcaps={telling}>
        <p class="lead">
          {description}. From <ReferenceLink kind="level" name={introduced.level} />
          {mandatoryFrom !== undefined && (
            <>
              , and in every CPU from <ReferenceLink kind="level" name={mandatoryFrom} /> on
            </>
          )}
          .{' '}
          {telling.length === 0 ? (
            'Linux has no hwcap for it.'
          ) : (
            <>
              Linux tells it by <ReferenceLinks kind="hwcap" names={telling} />.
            </>
          )}
        </p>
        <Instructions names={instructionsOf(name)} />
      </Lead>
      <LiveWay {...props} subject={{ kind: 'arch-feature', name }} />
      {Rest === undefined ? <div class="awaited" aria-busy="true" /> : <Rest archFeature={archFeature} />}
    </>
  );
}
