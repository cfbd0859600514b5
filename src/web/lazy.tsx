import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Makes a component of one whose code is fetched when it is first shown. Until it is there, nothing stands in its place. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => VNode | null {
  let loaded: ComponentType<P> | undefined;
  return (props) => {
    const [Loaded, setLoaded] = useState<ComponentType<P> | undefined>(() => loaded);
    useEffect(() => {
      if (Loaded !== undefined) return;
      void load().then((component) => {
        loaded = component;
        setLoaded(() => component);
      });
    }, []);
    return Loaded === undefined ? null : <Loaded {...props} />;
  };
}
