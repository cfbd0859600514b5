import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { KNOWN_MACHINES, loadMachine, type Recording } from '../../silicon/known-machine.ts';
import { linkTo } from '../route.ts';

/** A machine of which only texts are known, and what its kernel printed. */
interface Printed {
  readonly name: string;
  readonly title: string;
  readonly recorded: Recording;
}

let all: readonly Printed[] | undefined;

async function loadAll(): Promise<readonly Printed[]> {
  const rows = KNOWN_MACHINES.filter(({ kind }) => kind === 'recorded');
  const machines = await Promise.all(rows.map(({ name }) => loadMachine(name)));
  all = machines.flatMap(({ name, title, recorded }) => (recorded === undefined ? [] : [{ name, title, recorded }]));
  return all;
}

interface Props {
  readonly hwcaps: readonly string[];
  /** What their links ask about. */
  readonly why: string;
}

/** The machines of which no registers are known, on which a kernel printed some hwcaps: what others would print of them takes long to tell. */
export function PrintedOn({ hwcaps, why }: Props): VNode | null {
  const [machines, setMachines] = useState(all);
  useEffect(() => {
    if (machines === undefined) void loadAll().then(setMachines);
  }, []);
  if (machines === undefined) return null;
  const having = machines.filter(({ recorded }) => hwcaps.every((hwcap) => recorded.features.includes(hwcap)));
  return (
    <p>
      Of {machines.length} more machines only what a kernel printed is known. On {having.length === 0 ? 'none of them' : having.length} it
      printed {hwcaps.join(' ')}
      {having.map(({ name, title, recorded }, index) => (
        <span key={name}>
          {index === 0 ? ': ' : ', '}
          <a href={linkTo('machine', name, [['why', why]])}>{title}</a> (Linux {recorded.release})
        </span>
      ))}
      .
    </p>
  );
}
