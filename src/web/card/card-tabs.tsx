import type { VNode } from 'preact';
import { allCpucaps } from '../../answers/hwcap-card.ts';
import { ALL_ARCH_FEATURES } from '../../arch/arch-feature.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { filterOf } from '../catalogue/filter-box.tsx';
import { linkTo, type Route, type ViewName } from '../route.ts';
import { type IndexRow, matchingRows } from './card-index.tsx';
import { archFeatureRows, cpucapRows, hwcapRows } from './index-rows.tsx';

const TABS: readonly { readonly view: ViewName; readonly title: string; readonly total: () => number; rows(): readonly IndexRow[] }[] = [
  { view: 'hwcap', title: 'hwcaps', total: () => allHwcaps().length, rows: hwcapRows },
  { view: 'feat', title: 'FEAT_*', total: () => ALL_ARCH_FEATURES.length, rows: archFeatureRows },
  { view: 'cpucap', title: 'cpucaps', total: () => allCpucaps().length, rows: cpucapRows },
];

/** The three catalogues of cards, each with the number of cards that fit the filter. */
export function CardTabs({ route }: { readonly route: Route }): VNode {
  const filter = filterOf(route);
  return (
    <nav aria-label="Kinds of cards" class="tabs no-print">
      <ul>
        {TABS.map(({ view, title, total, rows }) => (
          <li key={view}>
            <a href={linkTo(view, '', filter === '' ? [] : [['q', filter]])} aria-current={view === route.view ? 'true' : undefined}>
              {title} ({filter === '' ? total() : matchingRows(rows(), filter).length})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
