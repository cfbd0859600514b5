import { useEffect, useState } from 'preact/hooks';
import { type FoundMachine, fetchMachine } from './base-machine.ts';
import type { MachineRef } from './scenario-query.ts';

/** A machine with the key of the reference that it was fetched for. */
interface Fetched {
  readonly key: string;
  readonly found: FoundMachine;
}

const fetched = new Map<string, FoundMachine>();

/** How many machines are kept; a known one is fetched again at once. */
const KEPT = 16;

function keyOf(ref: MachineRef): string {
  return ref.kind === 'known' ? `m ${ref.name}` : `p ${ref.code}`;
}

function keep(key: string, found: FoundMachine): void {
  fetched.set(key, found);
  const [oldest] = fetched.keys();
  if (fetched.size > KEPT && oldest !== undefined) fetched.delete(oldest);
}

/** Fetches a machine so that {@link useMachine} has it at once. */
export async function prepareMachine(ref: MachineRef): Promise<void> {
  const key = keyOf(ref);
  if (!fetched.has(key)) keep(key, await fetchMachine(ref));
}

/** The machine of a reference; while it is being fetched, the one before (nothing at first). One that was fetched is there at once. */
export function useMachine(ref: MachineRef): FoundMachine | undefined {
  const key = keyOf(ref);
  const [state, setState] = useState<Fetched>();
  const present = fetched.get(key);
  useEffect(() => {
    if (present !== undefined) {
      setState({ key, found: present });
      return;
    }
    let wanted = true;
    void fetchMachine(ref).then((found) => {
      keep(key, found);
      if (wanted) setState({ key, found });
    });
    return () => {
      wanted = false;
    };
  }, [key]);
  return present ?? state?.found;
}
