import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose code is fetched when it is first shown. */
export interface Lazy<P> {
  (props: P): VNode | null;
  /** Fetches the code beforehand, so that the component is shown at once. */
  load(): Promise<void>;
}

/** Makes a component of one whose code is fetched when it is first shown. Until it is there, nothing stands in its place. */
export function lazy<P extends object>(fetchCode: () => Promise<ComponentType<P>>): Lazy<P> {
  let loaded: ComponentType<P> | undefined;
  const load = async (): Promise<void> => {
    loaded ??= await fetchCode();
  };
  const Shown = (props: P): VNode | null => {
    const [Loaded, setLoaded] = useState<ComponentType<P> | undefined>(() => loaded);
    useEffect(() => {
      if (Loaded === undefined) void load().then(() => setLoaded(() => loaded));
    }, []);
    return Loaded === undefined ? null : <Loaded {...props} />;
  };
  return Object.assign(Shown, { load });
}
