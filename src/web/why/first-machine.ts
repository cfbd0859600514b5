import { HWCAP_MACHINES } from '../../answers/generated/hwcap-machines.ts';
import type { Asked } from '../../answers/why/asked.ts';
import type { WhySubject } from '../../answers/why.ts';
import { type Query, queryValue } from '../route.ts';

/** Where 32-bit programs are shown, which an M1 does not run. */
const AARCH32_MACHINE = 'raspberry-pi-4';

/** The machine of a table with the names that each stands for, by one of them. */
export function machineIn(table: Readonly<Record<string, string>>, name: string | undefined): string | undefined {
  return name === undefined ? undefined : Object.entries(table).find(([, names]) => names.split(' ').includes(name))?.[0];
}

/** A machine on which a bit comes through, if the first one of all pages has it not and another is known to have it. */
function machineFor({ kind, name }: WhySubject, asked: Asked | undefined): string | undefined {
  if (kind === 'compat') return AARCH32_MACHINE;
  return machineIn(HWCAP_MACHINES, kind === 'hwcap' ? name : asked?.telling[0]);
}

/**
 * A query that names a machine: itself, or one on which the way of a bit is worth seeing.
 *
 * @param elsewhere - The machine for what no hwcap tells of, by the table that a page has of such names.
 */
export function onMachineFor(subject: WhySubject, query: Query, asked?: Asked, elsewhere?: string): Query {
  if (queryValue(query, 'm') !== undefined || queryValue(query, 'p') !== undefined) return query;
  const machine = machineFor(subject, asked) ?? elsewhere;
  return machine === undefined ? query : [['m', machine], ...query];
}
