import { useEffect, useState } from 'preact/hooks';
import { firstSign } from './first-sign.ts';

/** Code that only serves the reader's next step. */
export interface Later<T> {
  /** For a component: the code, which is fetched when the reader first stirs, or at once; `undefined` until it is there. */
  use(atOnce?: boolean): T | undefined;
  /** What is there by now. */
  now(): T | undefined;
  /** Fetches it beforehand. */
  load(): Promise<T>;
}

const all: Later<unknown>[] = [];

/** Code that is fetched when the reader first stirs. */
export function later<T>(fetchCode: () => Promise<T>): Later<T> {
  let loaded: T | undefined;
  const load = async (): Promise<T> => {
    loaded ??= await fetchCode();
    return loaded;
  };
  const use = (atOnce = false): T | undefined => {
    const [, setThere] = useState(loaded !== undefined);
    useEffect(() => {
      if (loaded !== undefined) return;
      let wanted = true;
      void (atOnce ? Promise.resolve() : firstSign()).then(load).then(() => {
        if (wanted) setThere(true);
      });
      return () => {
        wanted = false;
      };
    }, [atOnce]);
    return loaded;
  };
  const one = { use, now: () => loaded, load };
  all.push(one);
  return one;
}

/** Fetches all that would come later, for pages that are written as files, and those that take the place of one. */
export async function loadLater(): Promise<void> {
  await Promise.all(all.map(({ load }) => load()));
}
