import type { VNode } from 'preact';
import { CARD_KINDS } from '../name/card-kinds.ts';
import type { ViewProps } from '../view.ts';
import { CardIndex } from './card-index.tsx';
import { CardTabs } from './card-tabs.tsx';
import { archFeatureRows, cpucapIndexRows, hwcapRows } from './index-rows.tsx';

type CardName = 'hwcap' | 'feat' | 'cpucap';

interface IndexParts {
  readonly heads: Parameters<typeof CardIndex>[0]['heads'];
  rows(): Parameters<typeof CardIndex>[0]['rows'];
}

const INDEXES: Readonly<Record<CardName, IndexParts>> = {
  hwcap: { heads: ['Hwcap', 'What it is, and what shows it', 'Armv', 'Linux'], rows: hwcapRows },
  feat: { heads: ['FEAT_*', 'What it is', 'Armv', 'Hwcaps'], rows: archFeatureRows },
  cpucap: { heads: ['Cpucap', 'Log line', 'Table'], rows: cpucapIndexRows },
};

/** The index of hwcaps, architecture features or cpucaps. */
export function CardIndexes(props: ViewProps & { readonly kind: CardName }): VNode {
  const { kind } = props;
  const { heads, rows } = INDEXES[kind];
  const { plural, about } = CARD_KINDS[kind];
  return (
    <>
      <CardTabs route={props.route} />
      <CardIndex {...props} title={plural} about={about} heads={heads} rows={rows()} />
    </>
  );
}
