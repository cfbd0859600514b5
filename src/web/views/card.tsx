import type { VNode } from 'preact';
import { cpucapCard } from '../../answers/cpucap-card.ts';
import { hwcapFacts } from '../../answers/hwcap-facts.ts';
import type { WhySubject } from '../../answers/why.ts';
import { findArchFeature } from '../../arch/arch-feature.ts';
import { UnknownCard } from '../card/unknown-card.tsx';
import { lazy } from '../lazy.tsx';
import { CARD_KINDS } from '../name/card-kinds.ts';
import { nameHead } from '../name/name-head.ts';
import type { Route } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { prepareMachine } from '../scenario/use-machine.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import { onMachineFor } from '../why/first-machine.ts';
import '../catalogue/catalogue.css';
import '../card/card.css';
import '../levels/levels.css';
import '../why/why.css';

/** Each card, and the list of all, come when they are shown. */
const Indexes = lazy(async () => (await import('../card/card-indexes.tsx')).CardIndexes);
const HwcapCardView = lazy(async () => (await import('../card/hwcap-card-view.tsx')).HwcapCardView);
const ArchFeatureCardView = lazy(async () => (await import('../card/arch-feature-card-view.tsx')).ArchFeatureCardView);
const CpucapCardView = lazy(async () => (await import('../card/cpucap-card-view.tsx')).CpucapCardView);

const PARTS = { hwcap: HwcapCardView, feat: ArchFeatureCardView, cpucap: CpucapCardView } as const;

type CardName = keyof typeof PARTS;

function cardName({ view }: Route): CardName {
  return view === 'feat' || view === 'cpucap' ? view : 'hwcap';
}

const SUBJECTS = { hwcap: 'hwcap', feat: 'arch-feature', cpucap: 'cpucap' } as const;

/** The bit of which a card shows the way. */
function subjectOf(route: Route): WhySubject {
  return { kind: SUBJECTS[cardName(route)], name: route.name };
}

function cardOf(kind: CardName, props: ViewProps): VNode | undefined {
  const { name } = props.route;
  if (kind === 'feat') {
    const archFeature = findArchFeature(name);
    return archFeature && <ArchFeatureCardView key={archFeature.name} {...props} archFeature={archFeature} />;
  }
  if (kind === 'cpucap') {
    const card = cpucapCard(name);
    return card && <CpucapCardView key={card.name} {...props} card={card} />;
  }
  const facts = hwcapFacts(name);
  return facts && <HwcapCardView key={facts.entry.name} {...props} facts={facts} />;
}

/** The cards of hwcaps, architecture features and cpucaps, and an index of each kind. */
export function CardView(props: ViewProps): VNode {
  const { name } = props.route;
  const kind = cardName(props.route);
  if (name === '') return <Indexes key={kind} {...props} kind={kind} />;
  return cardOf(kind, props) ?? <UnknownCard view={kind} kind={CARD_KINDS[kind]} name={name} />;
}

/** The view, its heads, and what its first picture needs. */
export const CARD: LoadedView = {
  View: CardView,
  prepare: (route) =>
    Promise.all([
      route.name === '' ? Indexes.load() : PARTS[cardName(route)].load(),
      route.name === '' ? undefined : prepareMachine(parseScenario(onMachineFor(subjectOf(route), route.query)).value),
    ]),
  head: (route) => nameHead(CARD_KINDS, route),
};
