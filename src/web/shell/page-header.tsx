import type { VNode } from 'preact';
import { linkTo, type ViewName } from '../route.ts';

/** The views in the navigation, and those that count as being there. */
const PLACES: readonly { readonly view: ViewName; readonly title: string; readonly includes?: readonly ViewName[] }[] = [
  { view: 'machine', title: 'Machine' },
  { view: 'hwcap', title: 'Cards', includes: ['feat', 'cpucap'] },
  { view: 'compare', title: 'Compare' },
  { view: 'infer', title: 'Infer' },
  { view: 'levels', title: 'Levels' },
  { view: 'guide', title: 'Guide' },
];

/** Name and navigation. */
export function PageHeader({ view }: { readonly view: ViewName }): VNode {
  return (
    <header class="page-header">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <a class="name" href={linkTo('home')} aria-current={view === 'home' ? 'page' : undefined}>
        armlens
      </a>
      <nav aria-label="Views">
        <ul>
          {PLACES.map(({ view: place, title, includes = [] }) => (
            <li key={place}>
              <a href={linkTo(place)} aria-current={view === place || includes.includes(view) ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
