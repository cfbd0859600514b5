import type { VNode } from 'preact';
import { cpucapCard } from '../../answers/cpucap-card.ts';
import { hwcapCard } from '../../answers/hwcap-card.ts';
import { findArchFeature } from '../../arch/arch-feature.ts';
import { ArchFeatureCardView } from '../card/arch-feature-card-view.tsx';
import { CardIndex } from '../card/card-index.tsx';
import { CardTabs } from '../card/card-tabs.tsx';
import { CpucapCardView } from '../card/cpucap-card-view.tsx';
import { HwcapCardView } from '../card/hwcap-card-view.tsx';
import { archFeatureRows, cpucapRows, hwcapRows } from '../card/index-rows.tsx';
import { UnknownCard } from '../card/unknown-card.tsx';
import { nameHead } from '../name/name-head.ts';
import { NAMES } from '../name/names.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { prepareMachine } from '../scenario/use-machine.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import '../catalogue/catalogue.css';
import '../card/card.css';
import '../levels/levels.css';
import '../why/why.css';

function HwcapPlace(props: ViewProps): VNode {
  const { name } = props.route;
  if (name === '') {
    return (
      <CardIndex
        {...props}
        kind="hwcap"
        title="Hwcaps"
        about={NAMES.hwcap.about}
        heads={['Hwcap', 'What it is, and what shows it', 'Armv', 'Linux']}
        rows={hwcapRows()}
      />
    );
  }
  const card = hwcapCard(name);
  if (card === undefined) return <UnknownCard kind="hwcap" name={name} />;
  return <HwcapCardView key={card.entry.name} {...props} card={card} />;
}

function ArchFeaturePlace(props: ViewProps): VNode {
  const { name } = props.route;
  if (name === '') {
    return (
      <CardIndex
        {...props}
        kind="feat"
        title="Architecture features"
        about={NAMES.feat.about}
        heads={['FEAT_*', 'What it is', 'Armv', 'Hwcaps']}
        rows={archFeatureRows()}
      />
    );
  }
  const archFeature = findArchFeature(name);
  if (archFeature === undefined) return <UnknownCard kind="feat" name={name} />;
  return <ArchFeatureCardView key={archFeature.name} {...props} archFeature={archFeature} />;
}

function CpucapPlace(props: ViewProps): VNode {
  const { name } = props.route;
  if (name === '') {
    return (
      <CardIndex
        {...props}
        kind="cpucap"
        title="Cpucaps"
        about={NAMES.cpucap.about}
        heads={['Cpucap', 'Log line', 'Table']}
        rows={cpucapRows()}
      />
    );
  }
  const card = cpucapCard(name);
  if (card === undefined) return <UnknownCard kind="cpucap" name={name} />;
  return <CpucapCardView key={card.name} card={card} />;
}

/** The cards of hwcaps, architecture features and cpucaps, and an index of each kind. */
export function CardView(props: ViewProps): VNode {
  const { view, name } = props.route;
  return (
    <>
      {name === '' && <CardTabs route={props.route} />}
      {view === 'feat' ? <ArchFeaturePlace {...props} /> : view === 'cpucap' ? <CpucapPlace {...props} /> : <HwcapPlace {...props} />}
    </>
  );
}

/** The view, its heads, and what its first picture needs. */
export const CARD: LoadedView = {
  View: CardView,
  prepare: ({ query }) => prepareMachine(parseScenario(query).value.machine),
  head: nameHead,
};
