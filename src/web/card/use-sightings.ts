import { useEffect, useReducer } from 'preact/hooks';
import { SIGHTINGS, type SightedMachine } from './sighting-store.ts';

/** What is known so far of every known machine under the long-term kernels; shows the component again when more is. */
export function useSightings(): (machine: string) => SightedMachine | undefined {
  const [, show] = useReducer((count: number, _: undefined) => count + 1, 0);
  useEffect(() => SIGHTINGS.subscribe(() => show(undefined)), []);
  return (machine) => SIGHTINGS.get(machine);
}
