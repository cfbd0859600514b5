import { useEffect, useReducer, useRef } from 'preact/hooks';
import { SIGHTINGS, type SightedMachine } from './sighting-store.ts';

/** How near to the window what is filled in must be, in windows: so that it is there when one arrives. */
const NEAR = '25%';

/** Sightings, and the element that has to come near before machines are fetched and booted. */
export interface Sightings {
  readonly place: { readonly current: HTMLDivElement | null };
  seen(machine: string): SightedMachine | undefined;
}

/** What is known so far of every known machine under the long-term kernels; shows the component again when more is. */
export function useSightings(): Sightings {
  const [, show] = useReducer((count: number, _: undefined) => count + 1, 0);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let stop = (): void => {};
    const begin = (): void => {
      watch.disconnect();
      stop = SIGHTINGS.subscribe(() => show(undefined));
    };
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && begin(), { rootMargin: NEAR });
    if (place.current !== null) watch.observe(place.current);
    addEventListener('beforeprint', begin, { once: true });
    return () => {
      removeEventListener('beforeprint', begin);
      watch.disconnect();
      stop();
    };
  }, []);
  return { place, seen: (machine) => SIGHTINGS.get(machine) };
}
