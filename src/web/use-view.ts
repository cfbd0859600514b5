import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ViewName } from './route.ts';
import { VIEWS, type ViewProps } from './view.ts';

/** A view whose code is there. */
export interface ReadyView {
  readonly name: ViewName;
  readonly View: ComponentType<ViewProps>;
}

/** Fetches the code of views; until that of the next one is there, the one before stays. */
export function useView(name: ViewName): { readonly ready?: ReadyView; readonly failure?: string } {
  const [state, setState] = useState<{ readonly ready?: ReadyView; readonly failure?: string }>({});
  useEffect(() => {
    let wanted = true;
    VIEWS[name].load().then(
      (View) => {
        if (wanted) setState({ ready: { name, View } });
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
