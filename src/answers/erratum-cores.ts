import type { Core } from '../silicon/core.ts';
import { allErrata, type Erratum } from './cpucap-card.ts';
import { LISTED_CORES } from './generated/listed-cores.ts';

/** The cores that an erratum is about, with the revisions if its row tells some: `CORTEX_A76 r0p0..r3p0`, or all of which a function is sure. */
export function coresOfErratum({ row, cpucap }: Erratum): readonly string[] {
  return row.affected?.map(({ midr }) => midr) ?? LISTED_CORES[cpucap]?.split(' ') ?? [];
}

/** The errata of the kernels' tables that are about a core. */
export function errataOfCore({ names }: Core): readonly Erratum[] {
  const constants = new Set(names.linux ?? []);
  return allErrata().filter((erratum) => coresOfErratum(erratum).some((core) => constants.has(core.split(' ')[0]!)));
}
