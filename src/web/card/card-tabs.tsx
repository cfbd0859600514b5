import type { VNode } from 'preact';
import { allCpucaps } from '../../answers/hwcap-card.ts';
import { allHwcaps } from '../../answers/hwcap-facts.ts';
import { ALL_ARCH_FEATURES } from '../../arch/arch-feature.ts';
import { linkTo, type ViewName } from '../route.ts';

/** The three catalogues of cards. */
export function CardTabs({ view }: { readonly view: ViewName }): VNode {
  const tabs = [
    ['hwcap', `hwcaps (${allHwcaps().length})`],
    ['feat', `FEAT_* (${ALL_ARCH_FEATURES.length})`],
    ['cpucap', `cpucaps (${allCpucaps().length})`],
  ] as const;
  return (
    <nav aria-label="Kinds of cards" class="tabs no-print">
      <ul>
        {tabs.map(([place, title]) => (
          <li key={place}>
            <a href={linkTo(place)} aria-current={place === view ? 'true' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
