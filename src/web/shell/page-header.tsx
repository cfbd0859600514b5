import type { VNode } from 'preact';
import { linkTo, NAME_VIEWS, type Navigate, type ViewName } from '../route.ts';
import { SearchBox } from '../search/search-box.tsx';

/** The views in the navigation, and those that count as being there. */
const PLACES: readonly { readonly view: ViewName; readonly title: string; readonly includes?: readonly ViewName[] }[] = [
  { view: 'machine', title: 'Machine' },
  { view: 'hwcap', title: 'Names', includes: NAME_VIEWS },
  { view: 'compare', title: 'Compare' },
  { view: 'infer', title: 'Infer' },
  { view: 'levels', title: 'Levels' },
  { view: 'lesson', title: 'Lessons' },
  { view: 'guide', title: 'Guide' },
];

/** Name and navigation. */
export function PageHeader({ view, navigate }: { readonly view: ViewName; readonly navigate: Navigate }): VNode {
  return (
    <header class="page-header">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <a class="name" href={linkTo('home')} aria-current={view === 'home' ? 'page' : undefined}>
        <svg viewBox="0 0 40 16" aria-hidden="true">
          <path d="M11 8h7m4 0h7" fill="none" stroke-width="2" />
          <rect x="1" y="3" width="10" height="10" rx="2" stroke="none" />
          <rect x="16" y="4" width="8" height="8" rx="2" stroke="none" />
          <rect x="30" y="4" width="8" height="8" rx="2" fill="none" stroke-width="2" stroke-dasharray="2 2" />
        </svg>
        armlens
      </a>
      {view !== 'home' && <SearchBox navigate={navigate} hint="Search: ilrcpc, FRINT32Z, 1418040 …" />}
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
