import { HWCAP_MACHINES } from '../../answers/generated/hwcap-machines.ts';
import type { Asked } from '../../answers/why/asked.ts';
import type { WhySubject } from '../../answers/why.ts';
import { type Query, queryValue } from '../route.ts';

/** Where 32-bit programs are shown, which an M1 does not run. */
const AARCH32_MACHINE = 'raspberry-pi-4';

/** A machine on which a bit comes through, if the first one of all pages has it not and another is known to have it. */
function machineFor({ kind, name }: WhySubject, asked: Asked | undefined): string | undefined {
  if (kind === 'compat') return AARCH32_MACHINE;
  const hwcap = kind === 'hwcap' ? name : asked?.telling[0];
  return hwcap === undefined ? undefined : Object.entries(HWCAP_MACHINES).find(([, names]) => names.split(' ').includes(hwcap))?.[0];
}

/** A query that names a machine: itself, or one on which the way of a bit is worth seeing. */
export function onMachineFor(subject: WhySubject, query: Query, asked?: Asked): Query {
  if (queryValue(query, 'm') !== undefined || queryValue(query, 'p') !== undefined) return query;
  const machine = machineFor(subject, asked);
  return machine === undefined ? query : [['m', machine], ...query];
}
