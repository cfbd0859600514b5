import { useEffect, useState } from 'preact/hooks';
import { type FoundMachine, fetchMachine } from './base-machine.ts';
import { kvmCode } from './kvm-code.ts';
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
type Wanted = Pick<ScenarioQuery, 'machine' | 'kvm'>;

function keyOf({ machine, kvm }: Wanted): string {
  const name = machine.kind === 'known' ? `m ${machine.name}` : `p ${machine.code}`;
  return kvm === undefined ? name : `host ${name}`;
}

function find({ machine, kvm }: Wanted): Promise<FoundMachine> {
  return fetchMachine(machine, kvm !== undefined);
}

function keep(key: string, found: FoundMachine): void {
  fetched.set(key, found);
  const [oldest] = fetched.keys();
  if (fetched.size > KEPT && oldest !== undefined) fetched.delete(oldest);
}

/** Fetches a machine so that {@link useMachine} has it at once. */
export async function prepareMachine(query: Wanted): Promise<void> {
  const key = keyOf(query);
  if (!fetched.has(key)) keep(key, await find(query));
}

/** The machine of a query; while it is being fetched, the one before (nothing at first). One that was fetched is there at once. */
export function useMachine(query: Wanted): FoundMachine | undefined {
  const key = keyOf(query);
  const [state, setState] = useState<Fetched>();
  const present = fetched.get(key);
  useEffect(() => {
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
  }, [key]);
  const isReady = query.kvm === undefined || kvmCode() !== undefined;
  return present ?? (isReady ? state?.found : undefined);
}
