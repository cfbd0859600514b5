import { useEffect, useState } from 'preact/hooks';
import { firstSign } from '../first-sign.ts';
import { type FoundMachine, fetchMachine } from './base-machine.ts';
import { type Between, isBetweenReady, loadLayers } from './between-code.ts';
import type { ScenarioQuery } from './scenario-query.ts';

/** A machine with the key of the query that it was fetched for. */
interface Fetched {
  readonly key: string;
  readonly found: FoundMachine;
}

const fetched = new Map<string, FoundMachine>();

/** How many machines are kept; a known one is fetched again at once. */
const KEPT = 16;

/** What of a query names what is fetched. */
type Wanted = Pick<ScenarioQuery, 'machine'> & Between;

function keyOf({ machine }: Wanted): string {
  return machine.kind === 'known' ? `m ${machine.name}` : `p ${machine.code}`;
}

function find(wanted: Wanted): Promise<FoundMachine> {
  return fetchMachine(wanted.machine, wanted);
}

function keep(key: string, found: FoundMachine): void {
  fetched.set(key, found);
  const [oldest] = fetched.keys();
  if (fetched.size > KEPT && oldest !== undefined) fetched.delete(oldest);
}

/** Fetches a machine so that {@link useMachine} has it at once. */
export async function prepareMachine(query: Wanted): Promise<void> {
  const key = keyOf(query);
  if (!fetched.has(key) || !isBetweenReady(query)) keep(key, await find(query));
}

/** The machine of a query, if it was fetched. */
export function machineNow(query: Wanted): FoundMachine | undefined {
  return fetched.get(keyOf(query));
}

/**
 * The machine of a query; while it is being fetched, the one before (nothing at first). One that was fetched is there at once. Nothing is
 * fetched while there is no query yet.
 */
export function useMachine(query: Wanted | undefined): FoundMachine | undefined {
  const key = query && keyOf(query);
  const [state, setState] = useState<Fetched>();
  const isReady = query !== undefined && isBetweenReady(query);
  const present = isReady ? fetched.get(key!) : undefined;
  // What hides a field is read at once where somebody is about to hide one.
  useEffect(() => void firstSign().then(loadLayers), []);
  useEffect(() => {
    if (query === undefined || key === undefined) return;
    if (present !== undefined) {
      setState({ key, found: present });
      return;
    }
    let wanted = true;
    void find(query).then((found) => {
      keep(key, found);
      if (wanted) setState({ key, found });
    });
    return () => {
      wanted = false;
    };
  }, [key, isReady]);
  return present ?? (isReady ? state?.found : undefined);
}
