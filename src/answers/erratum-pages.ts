import { allErrata, type Erratum } from './cpucap-card.ts';

/** The numbers of an erratum, by which makers publish it; else its cpucap. */
function numbersOf({ name, cpucap }: Erratum): readonly string[] {
  const found = `${name} ${cpucap.replaceAll('_', ' ')}`.match(/\bAC0\d[ _]CPU[ _]\d+|\b\d{3,}\b/g) ?? [];
  return found.length === 0 ? [cpucap] : [...new Set(found.map((number) => number.replaceAll(' ', '_')))];
}

let pages: ReadonlyMap<string, readonly Erratum[]> | undefined;

/**
 * The errata of the kernels' tables by number, such as `1418040`; those without a number by their cpucap. One number may stand in
 * several rows.
 */
export function errataByNumber(): ReadonlyMap<string, readonly Erratum[]> {
  if (pages !== undefined) return pages;
  const found = new Map<string, Erratum[]>();
  for (const erratum of allErrata()) {
    for (const number of numbersOf(erratum)) {
      const own = found.get(number) ?? [];
      found.set(number, own);
      own.push(erratum);
    }
  }
  pages = found;
  return pages;
}
