import type { VNode } from 'preact';
import { findArchFeatureRule } from '../../arch/arch-feature-rule.ts';
import { isMetByPrograms } from '../../arch/met-by-programs.ts';
import { FeatSentence } from '../card/feat-sentence.tsx';
import { later } from '../later.ts';
import { type Lazy, lazy } from '../lazy.tsx';
import { FEAT_NAMES } from '../name/kinds/feat-names.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';
import { prepareWayOfName, WayOfName } from '../why/way-of-name.tsx';

const MetFeatLead = lazy(async () => (await import('../card/met-feat-lead.tsx')).MetFeatLead);

/** The first picture of an architecture feature that programs do not meet. */
const UnmetFeatLead = lazy(async () => {
  const { findUnmetArchFeature } = await import('../../arch/unmet-arch-feature.ts');
  return ({ name }: { readonly name: string }) => (
    <div class="lead-pair">
      <FeatSentence archFeature={findUnmetArchFeature(name)!} hwcaps={[]} />
    </div>
  );
});

/** What is said first of an architecture feature: each fetches the table of its own kind. */
function leadFor(name: string): Lazy<{ readonly name: string }> {
  return isMetByPrograms(findArchFeatureRule(name)!) ? MetFeatLead : UnmetFeatLead;
}

/** All that is said of all of them, when the reader stirs. */
const ALL = later(async () => {
  const [{ ArchFeatureRest }, { findArchFeature }, { FEAT_KIND }] = await Promise.all([
    import('../card/arch-feature-rest.tsx'),
    import('../../arch/arch-feature.ts'),
    import('../name/kinds/feat.ts'),
  ]);
  return { Rest: ArchFeatureRest, find: findArchFeature, sentence: FEAT_KIND.sentence };
});

/** The page of an architecture feature: the first picture at once, the rest when the reader stirs. */
function FeatPage({ name, ...props }: NamePageProps): VNode {
  const all = ALL.use();
  const whole = all?.find(name);
  const FeatLead = leadFor(name);
  return (
    <>
      <FeatLead name={name} />
      <WayOfName {...props} subject={{ kind: 'arch-feature', name }} />
      {all === undefined || whole === undefined ? <div class="awaited" aria-busy="true" /> : <all.Rest archFeature={whole} />}
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
    await Promise.all([prepareWayOfName({ kind: 'arch-feature', name }, query), leadFor(name).load()]);
  },
});
