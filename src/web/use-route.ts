import { useCallback, useEffect, useState } from 'preact/hooks';
import { formatRoute, type Navigate, type ParsedRoute, parseRoute } from './route.ts';

function setAddress(href: string, how: 'push' | 'replace'): void {
  try {
    if (how === 'push') history.pushState(null, '', href);
    else history.replaceState(null, '', href);
  } catch {
    // Browsers limit how often a page may do this; the view is shown all the same, the next step sets the address.
  }
}

/** The place that the page's address names, and the way to another one. */
export function useRoute(): readonly [ParsedRoute, Navigate] {
  const [parsed, setParsed] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const read = (): void => setParsed(parseRoute(location.hash));
    addEventListener('hashchange', read);
    addEventListener('popstate', read);
    return () => {
      removeEventListener('hashchange', read);
      removeEventListener('popstate', read);
    };
  }, []);
  const navigate = useCallback<Navigate>((route, how = 'push') => {
    const href = formatRoute(route);
    setAddress(href, href === location.hash ? 'replace' : how);
    setParsed({ route, problems: [] });
  }, []);
  return [parsed, navigate];
}
