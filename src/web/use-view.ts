import { useEffect, useState } from 'preact/hooks';
import type { Route, ViewName } from './route.ts';
import { type LoadedView, VIEWS } from './view.ts';

/** A view whose code is there. */
export interface ReadyView extends LoadedView {
  readonly name: ViewName;
}

/** Fetches the code of a route's view, and what its page shows first. */
export async function readyView(route: Route): Promise<ReadyView> {
  const { load, loadNamed } = VIEWS[route.view];
  // Side by side; whoever shows it tells if it is not to be had.
  if (route.name !== '') void loadNamed?.().catch(() => undefined);
  const view = await load();
  await view.prepare?.(route);
  return { name: route.view, ...view };
}

/** Fetches the code of views; until that of the next one is there, the one before stays. */
export function useView(route: Route, first?: ReadyView): { readonly ready?: ReadyView; readonly failure?: string } {
  const { view: name } = route;
  const [state, setState] = useState<{ readonly ready?: ReadyView; readonly failure?: string }>(
    first === undefined ? {} : { ready: first },
  );
  useEffect(() => {
    if (state.ready?.name === name) return;
    let wanted = true;
    readyView(route).then(
      (ready) => {
        if (wanted) setState({ ready });
      },
      () => {
        if (wanted) setState({ failure: 'A part of the explorer could not be loaded. Reload the page.' });
      },
    );
    return () => {
      wanted = false;
    };
  }, [name]);
  return state;
}
