import type { VNode } from 'preact';
import { filterOf } from '../catalogue/filter-box.tsx';
import { NAMES } from '../name/names.ts';
import { linkTo, NAME_VIEWS, type NameView, type Route } from '../route.ts';

const TITLES: Readonly<Record<NameView, string>> = {
  hwcap: 'hwcaps',
  compat: 'hwcaps of 32 bits',
  feat: 'FEAT_*',
  cpucap: 'cpucaps',
  register: 'registers',
  field: 'fields',
  core: 'cores',
  level: 'levels',
  release: 'releases',
  erratum: 'errata',
  insn: 'instructions',
};

/** How many names of a kind have every word of a filter in themselves or in what they are. */
function countOf(view: NameView, filter: string): number {
  const { all, sentence } = NAMES[view];
  const words = filter.split(/\s+/).filter(Boolean);
  if (words.length === 0) return all().length;
  return all().filter((name) => {
    const text = `${name} ${sentence(name)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }).length;
}

/** The catalogues of names, each with the number of those that fit the filter. */
export function CardTabs({ route }: { readonly route: Route }): VNode {
  const filter = filterOf(route);
  return (
    <nav aria-label="Kinds of names" class="tabs no-print">
      <ul>
        {NAME_VIEWS.map((view) => (
          <li key={view}>
            <a href={linkTo(view, '', filter === '' ? [] : [['q', filter]])} aria-current={view === route.view ? 'true' : undefined}>
              {TITLES[view]} ({countOf(view, filter)})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
