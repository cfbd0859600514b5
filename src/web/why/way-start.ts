import { useEffect, useState } from 'preact/hooks';
import { HWCAP_MACHINES } from '../../answers/generated/hwcap-machines.ts';
import type { Asked } from '../../answers/why/asked.ts';
import type { WhySubject } from '../../answers/why.ts';
import { given } from '../../given.ts';
import { type Query, queryValue } from '../route.ts';

/** What the way of a bit is followed with, on whatever page it is shown. */
export interface WayStart {
  /** What is asked of registers, for an architecture feature. */
  readonly asked?: Asked;
  /** A machine on which the bit comes through, if the first one of all pages has it not and another is known to have it. */
  readonly machine?: string;
}

/** Where 32-bit programs are shown, which an M1 does not run. */
const AARCH32_MACHINE = 'raspberry-pi-4';

/** The machine of a table with the names that each stands for, by one of them. */
function machineIn(table: Readonly<Record<string, string>>, name: string): { readonly machine?: string } {
  return given({ machine: Object.entries(table).find(([, names]) => names.split(' ').includes(name))?.[0] });
}

/** What needs a table that not all pages have. */
const fetched = new Map<string, WayStart>();

function keyOf({ kind, name }: WhySubject): string {
  return `${kind} ${name}`;
}

async function fetchStart(subject: WhySubject): Promise<WayStart> {
  const { kind, name } = subject;
  if (kind === 'cpucap') return machineIn((await import('../../answers/generated/cpucap-machines.ts')).CPUCAP_MACHINES, name);
  const asked = (await import('../../answers/why/asked.ts')).askedOf(subject)!;
  const [hwcap] = asked.telling;
  if (hwcap !== undefined) return { asked, ...machineIn(HWCAP_MACHINES, hwcap) };
  return { asked, ...machineIn((await import('../../answers/generated/arch-feature-machines.ts')).ARCH_FEATURE_MACHINES, name) };
}

/** What the way of a bit is followed with, as far as it is there. */
export function wayStartNow(subject: WhySubject): WayStart | undefined {
  switch (subject.kind) {
    case 'hwcap':
      return machineIn(HWCAP_MACHINES, subject.name);
    case 'compat':
      return { machine: AARCH32_MACHINE };
    case 'field':
      return {};
    case 'arch-feature':
    case 'cpucap':
      return fetched.get(keyOf(subject));
  }
}

/** What the way of a bit is followed with. */
export async function loadWayStart(subject: WhySubject): Promise<WayStart> {
  const start = wayStartNow(subject) ?? (await fetchStart(subject));
  fetched.set(keyOf(subject), start);
  return start;
}

/** What the way of a bit is followed with; `undefined` while it is fetched. */
export function useWayStart(subject: WhySubject): WayStart | undefined {
  const [, setThere] = useState<WayStart>();
  const start = wayStartNow(subject);
  useEffect(() => {
    let wanted = true;
    if (start === undefined)
      void loadWayStart(subject).then((found) => {
        if (wanted) setThere(found);
      });
    return () => {
      wanted = false;
    };
  }, [keyOf(subject)]);
  return start;
}

/** A query that names a machine: itself, or one on which the way of a bit is worth seeing. */
export function onMachine(query: Query, machine: string | undefined): Query {
  const isNamed = queryValue(query, 'm') !== undefined || queryValue(query, 'p') !== undefined;
  return isNamed || machine === undefined ? query : [['m', machine], ...query];
}
