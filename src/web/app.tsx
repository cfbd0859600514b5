import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ErrorBoundary } from './error-boundary.tsx';
import { Notice } from './notice.tsx';
import { formatRoute, type Route } from './route.ts';
import { PageFooter } from './shell/page-footer.tsx';
import { PageHeader } from './shell/page-header.tsx';
import { useRoute } from './use-route.ts';
import { useView } from './use-view.ts';
import { VIEWS } from './view.ts';

function unknownKeys({ view, query }: Route): readonly string[] {
  const known = VIEWS[view].keys;
  return [...new Set(query.map(([key]) => key))].filter((key) => !known.includes(key));
}

function titleOf({ view, name }: Route): string {
  const own = VIEWS[view].title;
  return view === 'home' ? `armlens: ${own}` : `${name === '' ? own : `${name} · ${own}`} · armlens`;
}

/** The page: header, the view that the address names, footer. */
export function App(): VNode {
  const [{ route, problems }, navigate] = useRoute();
  const { ready, failure } = useView(route.view);
  const main = useRef<HTMLElement>(null);
  const shown = useRef<string | undefined>(undefined);
  const place = `${route.view}/${route.name}`;
  useEffect(() => {
    document.title = titleOf(route);
    if (shown.current !== undefined && shown.current !== place) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    shown.current = place;
  }, [place]);
  const unknown = unknownKeys(route);
  return (
    <>
      <PageHeader view={route.view} />
      <main id="main" tabIndex={-1} ref={main}>
        {problems.map((problem) => (
          <Notice key={problem}>{problem}</Notice>
        ))}
        {unknown.length > 0 && (
          <Notice>This view does not know {unknown.map((key) => `“${key.slice(0, 40)}”`).join(', ')} in the address.</Notice>
        )}
        {failure !== undefined && <Notice kind="error">{failure}</Notice>}
        {ready !== undefined && ready.name === route.view && (
          <ErrorBoundary at={formatRoute(route)}>
            <ready.View route={route} navigate={navigate} />
          </ErrorBoundary>
        )}
      </main>
      <PageFooter />
    </>
  );
}
