import type { VNode } from 'preact';
import { hwcapsOfSubject } from '../../answers/why/subject-hwcaps.ts';
import { findArchFeatureRule } from '../../arch/arch-feature-rule.ts';
import { instructionsOf } from '../../arch/mnemonic.ts';
import { findProgramArchFeature } from '../../arch/program-arch-feature.ts';
import { Instructions, Lead } from '../card/lead.tsx';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { later } from '../later.ts';
import { lazy } from '../lazy.tsx';
import { FEAT_NAMES } from '../name/kinds/feat-names.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';
import { prepareWayOfName, WayOfName } from '../why/way-of-name.tsx';

const REST = later(async () => (await import('../card/arch-feature-rest.tsx')).ArchFeatureRest);

/** All that is said of all of them: fetched for one of which programs learn nothing, or when the reader stirs. */
const ALL = later(async () => {
  const [{ findArchFeature }, { FEAT_KIND }] = await Promise.all([import('../../arch/arch-feature.ts'), import('../name/kinds/feat.ts')]);
  return { find: findArchFeature, sentence: FEAT_KIND.sentence };
});

/** The page of an architecture feature: the first picture at once, the rest when the reader stirs. */
function FeatPage({ name, ...props }: NamePageProps): VNode {
  const lead = findProgramArchFeature(name);
  const whole = ALL.use(lead === undefined)?.find(name);
  const Rest = REST.use();
  const subject = { kind: 'arch-feature', name } as const;
  const shown = lead ?? whole;
  if (shown === undefined) return <div class="awaited" aria-busy="true" />;
  const { description, introduced } = shown;
  const mandatoryFrom = findArchFeatureRule(name)?.mandatoryFrom;
  const telling = hwcapsOfSubject(subject);
  return (
    <>
      <Lead hwcaps={telling}>
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
          {telling.length === 0 ? (
            'Linux has no hwcap for it.'
          ) : (
            <>
              Linux tells it by <ReferenceLinks kind="hwcap" names={telling} between=", " />.
            </>
          )}
        </p>
        <Instructions names={instructionsOf(shown.name)} />
      </Lead>
      <WayOfName {...props} subject={subject} />
      {Rest === undefined || whole === undefined ? <div class="awaited" aria-busy="true" /> : <Rest archFeature={whole} />}
    </>
  );
}

/** The view of architecture features. */
export const FEAT: LoadedView = namedView({
  view: 'feat',
  kind: { ...FEAT_NAMES, sentence: (name) => ALL.now()?.sentence(name) ?? '' },
  Page: FeatPage,
  saysWhat: true,
  Index: lazy(async () => (await import('../card/feat-index.tsx')).FeatIndex),
  prepare: async (name, query) => {
    await Promise.all([
      prepareWayOfName({ kind: 'arch-feature', name }, query),
      findProgramArchFeature(name) === undefined ? ALL.load() : undefined,
    ]);
  },
});
