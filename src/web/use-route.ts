import { useCallback, useEffect, useState } from 'preact/hooks';
import { inMode, modeOf } from './present/mode.ts';
import { addressIn, formatRoute, type Navigate, type ParsedRoute, parseRoute, type Route, VIEW_NAMES } from './route.ts';

/** A place, and how far its page was scrolled when it was left; `undefined` where one arrives anew. */
export interface RoutePlace extends ParsedRoute {
  readonly scrolled?: number;
}

function setAddress(href: string, how: 'push' | 'replace'): void {
  try {
    if (how === 'push') {
      // Who follows a link at once after scrolling to it comes back to there.
      history.replaceState({ scrolled: scrollY }, '');
      history.pushState(null, '', href);
    } else history.replaceState(history.state, '', href);
  } catch {
    // Browsers limit how often a page may do this; the view is shown all the same, the next step sets the address.
  }
}

/** The place that the page's address names. An address of former versions is replaced by the one of today. */
function readPlace(): RoutePlace {
  const parsed = parseRoute(addressIn(location));
  if (location.hash.startsWith('#/') && parsed.problems.length === 0) setAddress(formatRoute(parsed.route), 'replace');
  const { scrolled } = (history.state ?? {}) as { readonly scrolled?: number };
  return scrolled === undefined ? parsed : { ...parsed, scrolled };
}

/** The address of a link that leads to a place of the explorer and is followed in the usual way; else `undefined`. */
function ownLink(event: MouseEvent): string | undefined {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (link === null || event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.hasAttribute('target') || link.hasAttribute('download'))
    return undefined;
  const url = new URL(link.getAttribute('href') ?? '', location.href);
  if (url.origin !== location.origin || (url.hash !== '' && !url.hash.startsWith('#/'))) return undefined;
  const address = addressIn(url);
  const [word = ''] = address.replace(/^#?\/?/, '').split(/[/?]/);
  return formatRoute({ view: 'home', name: '', query: [] }) === url.pathname || VIEW_NAMES.some((name) => name === word)
    ? address
    : undefined;
}

/** Where a link leads from a page: what is presented goes on being presented; out of a figure of another page (`undefined`) it leads elsewhere. */
function inModeOf(from: Route, to: Route): Route | undefined {
  const mode = modeOf(from.query);
  if (mode === undefined || modeOf(to.query) !== undefined) return to;
  if (mode === 'present') return isEnd(from, to) ? to : inMode(to, mode);
  return undefined;
}

/** Whether a link leads from a presentation to the same as a page. */
function isEnd(from: Route, to: Route): boolean {
  return formatRoute(inMode(from)) === formatRoute(to);
}

/** Keeps in the browser's history how far a page is scrolled, so that the way back leads to the same sight. */
function keepScroll(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        history.replaceState({ scrolled: scrollY }, '');
      } catch {
        // As above.
      }
    }, 150);
  };
  history.scrollRestoration = 'manual';
  addEventListener('scroll', keep, { passive: true });
  return () => {
    clearTimeout(timer);
    removeEventListener('scroll', keep);
  };
}

/** The place that the page's address names, and the way to another one. */
export function useRoute(): readonly [RoutePlace, Navigate] {
  const [place, setPlace] = useState<RoutePlace>(readPlace);
  const navigate = useCallback<Navigate>((route, how = 'push') => {
    const href = formatRoute(route);
    setAddress(href, href === `${location.pathname}${location.search}` ? 'replace' : how);
    setPlace({ route, problems: [] });
  }, []);
  useEffect(() => {
    const read = (): void => setPlace(readPlace());
    const follow = (event: MouseEvent): void => {
      const address = ownLink(event);
      if (address === undefined) return;
      event.preventDefault();
      const { route: named, problems } = parseRoute(address);
      const route = inModeOf(readPlace().route, named);
      if (route === undefined) {
        open(formatRoute(named), '_blank', 'noopener');
        return;
      }
      navigate(route);
      if (problems.length > 0) setPlace({ route, problems });
    };
    addEventListener('popstate', read);
    document.addEventListener('click', follow);
    const stop = keepScroll();
    return () => {
      removeEventListener('popstate', read);
      document.removeEventListener('click', follow);
      stop();
    };
  }, []);
  return [place, navigate];
}
