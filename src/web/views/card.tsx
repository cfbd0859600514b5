import type { VNode } from 'preact';
import { allCpucaps, cpucapCard, hwcapCard } from '../../answers/hwcap-card.ts';
import { ALL_ARCH_FEATURES, findArchFeature } from '../../arch/arch-feature.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { ArchFeatureCardView } from '../card/arch-feature-card-view.tsx';
import { CardIndex } from '../card/card-index.tsx';
import { CardTabs } from '../card/card-tabs.tsx';
import { CpucapCardView } from '../card/cpucap-card-view.tsx';
import { HwcapCardView } from '../card/hwcap-card-view.tsx';
import { archFeatureRows, cpucapRows, hwcapRows } from '../card/index-rows.tsx';
import { UnknownCard } from '../card/unknown-card.tsx';
import type { ViewProps } from '../view.ts';
import '../catalogue/catalogue.css';
import '../card/card.css';
import '../levels/levels.css';

function HwcapPlace(props: ViewProps): VNode {
  const { name } = props.route;
  if (name === '') {
    return (
      <CardIndex
        {...props}
        kind="hwcap"
        title="Hwcaps"
        about="A hwcap is a bit by which Linux tells programs that they may use something; /proc/cpuinfo prints it by name."
        heads={['Hwcap', 'What it is, and what shows it', 'Armv', 'Linux']}
        rows={hwcapRows()}
      />
    );
  }
  const card = hwcapCard(name);
  if (card === undefined) return <UnknownCard kind="hwcap" name={name} candidates={allHwcaps().map((entry) => entry.name)} />;
  return <HwcapCardView key={card.entry.name} card={card} />;
}

function ArchFeaturePlace(props: ViewProps): VNode {
  const { name } = props.route;
  if (name === '') {
    return (
      <CardIndex
        {...props}
        kind="feat"
        title="Architecture features"
        about="FEAT_* are Arm’s names for parts of the architecture; levels make them optional or mandatory, ID registers show most of them."
        heads={['FEAT_*', 'What it is', 'Armv', 'Hwcaps']}
        rows={archFeatureRows()}
      />
    );
  }
  const archFeature = findArchFeature(name);
  if (archFeature === undefined) return <UnknownCard kind="feat" name={name} candidates={ALL_ARCH_FEATURES.map((one) => one.name)} />;
  return <ArchFeatureCardView key={archFeature.name} archFeature={archFeature} />;
}

function CpucapPlace(props: ViewProps): VNode {
  const { name } = props.route;
  if (name === '') {
    return (
      <CardIndex
        {...props}
        kind="cpucap"
        title="Cpucaps"
        about="A cpucap is what Linux notes for itself when it has tested the CPUs: a capability that it uses, or an erratum that it works around."
        heads={['Cpucap', 'Log line', 'Table']}
        rows={cpucapRows()}
      />
    );
  }
  const card = cpucapCard(name);
  if (card === undefined) return <UnknownCard kind="cpucap" name={name} candidates={allCpucaps()} />;
  return <CpucapCardView key={card.name} card={card} />;
}

/** The cards of hwcaps, architecture features and cpucaps, and an index of each kind. */
export function CardView(props: ViewProps): VNode {
  const { view } = props.route;
  return (
    <>
      <CardTabs route={props.route} />
      {view === 'feat' ? <ArchFeaturePlace {...props} /> : view === 'cpucap' ? <CpucapPlace {...props} /> : <HwcapPlace {...props} />}
    </>
  );
}
