import { type Query, type Route, withQuery } from '../route.ts';

/**
 * How a page is shown where it is not read at a desk: `present` is for a projector, large and with nothing beside the subject; `embed` is
 * one figure in somebody else's page.
 */
export type Mode = 'present' | 'embed';

const MODES: readonly Mode[] = ['present', 'embed'];

/** What every view takes in its query besides its own: the mode, and what its picture shows. */
export const MODE_KEYS: readonly string[] = [...MODES, 'field'];

/** The mode that a query asks for; `undefined`: a page as usual. */
export function modeOf(query: Query): Mode | undefined {
  return MODES.find((mode) => query.some(([key]) => key === mode));
}

/** A route in another mode; without one, as a page. */
export function inMode(route: Route, mode?: Mode): Route {
  const plain = MODES.reduce((query, one) => withQuery(query, one), route.query);
  return { ...route, query: mode === undefined ? plain : [...plain, [mode, '']] };
}

/** The name whose way is the picture of a page, as the way's question takes it; `undefined`: the page has none, and is shown as it is. */
export function pictured({ view, name, query }: Route): string | undefined {
  switch (view) {
    case 'home':
      return 'ilrcpc';
    case 'machine': {
      const asked = query.find(([key, value]) => (key === 'why' || key === 'field') && value !== '');
      return query.find(([key, value]) => key === 'why' && value !== '')?.[1] ?? asked?.[1] ?? 'ilrcpc';
    }
    case 'hwcap':
    case 'feat':
    case 'cpucap':
    case 'field':
      // A hwcap and a cpucap may have one name.
      return name === '' ? undefined : `${view}:${name}`;
    default:
      return undefined;
  }
}
