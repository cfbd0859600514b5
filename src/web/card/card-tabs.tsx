import type { VNode } from 'preact';
import { filterOf } from '../catalogue/filter-box.tsx';
import { later } from '../later.ts';
import type { NameKind } from '../name/name-kind.ts';
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

/** All kinds of names, which no list but their own needs at first. */
const NAMES = later(async () => (await import('../name/names.ts')).NAMES);

/** How many names of a kind have every word of a filter in themselves or in what they are. */
function countOf({ all, sentence }: NameKind, filter: string): number {
  const words = filter.split(/\s+/).filter(Boolean);
  if (words.length === 0) return all().length;
  return all().filter((name) => {
    const text = `${name} ${sentence(name)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }).length;
}

interface Props {
  readonly route: Route;
  /** The kind whose names are listed. */
  readonly kind: NameKind;
}

/** The catalogues of names, each with the number of those that fit the filter. */
export function CardTabs({ route, kind }: Props): VNode {
  const filter = filterOf(route);
  const kinds = NAMES.use(filter !== '');
  return (
    <nav aria-label="Kinds of names" class="tabs no-print">
      <ul>
        {NAME_VIEWS.map((view) => {
          const own = view === route.view ? kind : kinds?.[view];
          return (
            <li key={view}>
              <a href={linkTo(view, '', filter === '' ? [] : [['q', filter]])} aria-current={view === route.view ? 'true' : undefined}>
                {TITLES[view]}
                {own === undefined ? '' : ` (${countOf(own, filter)})`}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
