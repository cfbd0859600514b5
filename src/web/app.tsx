import { Component, type ComponentChildren, type VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { lazy } from './lazy.tsx';
import { Notice } from './notice.tsx';
import { inMode, MODE_KEYS, modeOf, pictured } from './present/mode.ts';
import { formatRoute, linkTo, type Navigate, pathOfRoute, type Route } from './route.ts';
import { PageFooter } from './shell/page-footer.tsx';
import { PageHeader } from './shell/page-header.tsx';
import { type RoutePlace, useRoute } from './use-route.ts';
import { type ReadyView, useView } from './use-view.ts';
import { type PageHead, VIEWS } from './view.ts';

/** Tells the page around how high the figure is, whenever that changes. */
function useFigureHeight(isFigure: boolean): void {
  useEffect(() => {
    const main = document.getElementById('main');
    if (!isFigure || main === null || parent === window) return;
    const tell = (): void => parent.postMessage({ armlens: { height: Math.ceil(main.getBoundingClientRect().height) } }, '*');
    const observer = new ResizeObserver(tell);
    observer.observe(main);
    return () => observer.disconnect();
  }, [isFigure]);
}

interface Props {
  /** The address; another one makes a new attempt. */
  readonly at: string;
  readonly children: ComponentChildren;
}

/** Shows what went wrong in the place of a view that failed, so that no address leaves an empty page. */
class ErrorBoundary extends Component<Props, { readonly failed?: { readonly at: string; readonly message: string } }> {
  override componentDidCatch(error: unknown): void {
    this.setState({ failed: { at: this.props.at, message: error instanceof Error ? error.message : String(error) } });
  }

  override render(): ComponentChildren {
    const { failed } = this.state;
    if (failed === undefined || failed.at !== this.props.at) return this.props.children;
    return (
      <>
        <h1>This cannot be shown</h1>
        <Notice kind="error">{failed.message}</Notice>
        <p>
          <a href={linkTo('home')}>To the first page</a>
        </p>
      </>
    );
  }
}

const Stage = lazy(async () => (await import('./present/stage.tsx')).Presentation);

function unknownKeys({ view, query }: Route): readonly string[] {
  const known = VIEWS[view].keys;
  const ofMode = modeOf(query) === undefined ? [] : MODE_KEYS;
  return [...new Set(query.map(([key]) => key))].filter((key) => !known.includes(key) && !ofMode.includes(key));
}

/** A page's whole title. */
export function titleOf({ title }: PageHead): string {
  return title === '' ? 'armlens: what software sees of an Arm CPU, and why' : `${title} · armlens`;
}

/** The way from a page without header and footer to the whole one. */
function WholePage({ route }: { readonly route: Route }): VNode {
  const isFigure = modeOf(route.query) === 'embed';
  return (
    <footer class="small no-print whole-page">
      <a href={formatRoute(inMode(route))} {...(isFigure ? { target: '_blank', rel: 'noopener' } : {})}>
        {isFigure ? 'Open in armlens' : 'End of the presentation'}
      </a>
    </footer>
  );
}

/** Shows a page in its mode: the styles go by it. */
function useMode({ query }: Route): void {
  const mode = modeOf(query);
  useLayoutEffect(() => {
    if (mode === undefined) delete document.documentElement.dataset.mode;
    else document.documentElement.dataset.mode = mode;
    // A figure that stands by itself has the ground of a page.
    if (mode === 'embed' && parent !== window) document.documentElement.dataset.framed = '';
  }, [mode]);
  useFigureHeight(mode === 'embed');
}

interface PageProps {
  readonly place: RoutePlace;
  readonly navigate: Navigate;
  /** Absent while its code is fetched. */
  readonly ready?: ReadyView | undefined;
  readonly failure?: string | undefined;
}

/** A page: header, the view that the address names, footer. */
export function Page({ place: { route, problems }, navigate, ready, failure }: PageProps): VNode {
  const unknown = unknownKeys(route);
  const mode = modeOf(route.query);
  const picture = mode === undefined ? undefined : pictured(route);
  return (
    <>
      {mode === undefined && <PageHeader view={route.view} navigate={navigate} />}
      <main id="main" tabIndex={-1}>
        {problems.map((problem) => (
          <Notice key={problem}>{problem}</Notice>
        ))}
        {unknown.length > 0 && (
          <Notice>This view does not know {unknown.map((key) => `“${key.slice(0, 40)}”`).join(', ')} in the address.</Notice>
        )}
        {failure !== undefined && <Notice kind="error">{failure}</Notice>}
        {ready !== undefined && (
          <ErrorBoundary at={formatRoute(route)}>
            {mode !== undefined && picture !== undefined ? (
              <Stage route={route} navigate={navigate} mode={mode} text={picture}>
                <ready.View route={route} navigate={navigate} />
              </Stage>
            ) : (
              <ready.View route={route} navigate={navigate} />
            )}
          </ErrorBoundary>
        )}
      </main>
      {mode === undefined ? <PageFooter /> : picture === undefined && <WholePage route={route} />}
    </>
  );
}

/** Where a page that was just opened is shown: at its top, or as far down as it was when the reader left it. */
function useArrival(path: string, scrolled: number | undefined, shown: boolean): void {
  const at = useRef<string | undefined>(path);
  useLayoutEffect(() => {
    // A page that one leaves before the next is there is arrived at anew, too.
    if (!shown && at.current !== path) at.current = undefined;
    if (!shown || at.current === path) return;
    at.current = path;
    scrollTo(0, scrolled ?? 0);
    if (scrolled === undefined) document.getElementById('main')?.focus({ preventScroll: true });
  }, [path, shown]);
}

/** Names the document after what it shows: at once, and when what the page is about is there. */
function useTitle(route: Route, view: ReadyView | undefined): void {
  useEffect(() => {
    let wanted = view !== undefined;
    const show = (): void => {
      if (wanted) document.title = titleOf(view!.head(route));
    };
    show();
    void view?.prepare?.(route).then(show, show);
    return () => {
      wanted = false;
    };
  }, [route, view]);
}

/** The explorer at work: what the address names, from now on. */
export function App({ first }: { readonly first?: ReadyView | undefined }): VNode {
  const [place, navigate] = useRoute();
  const { route } = place;
  const { ready, failure } = useView(route, first);
  const own = ready?.name === route.view ? ready : undefined;
  const path = pathOfRoute(route);
  useMode(route);
  useArrival(path, place.scrolled, own !== undefined);
  useTitle(route, own);
  return <Page place={place} navigate={navigate} ready={own} failure={failure} />;
}
