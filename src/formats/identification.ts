import type { Identification } from '../arch/arch-feature.ts';

function formatParts(parts: readonly Identification[], word: string): string {
  return parts
    .map((part) => ('all' in part || 'any' in part ? `(${formatIdentification(part)})` : formatIdentification(part)))
    .join(` ${word} `);
}

/** Writes how ID registers show an architecture feature: `ID_AA64ISAR1_EL1.LRCPC ≥ 2`. */
export function formatIdentification(identification: Identification): string {
  if ('field' in identification) {
    const { field } = identification;
    if ('atLeast' in identification) return `${field} ≥ ${identification.atLeast}`;
    if ('equals' in identification) return `${field} = ${identification.equals}`;
    if ('below' in identification) return `${field} < ${identification.below}`;
    return `${field} is ${identification.oneOf.join(' or ')}`;
  }
  if ('all' in identification) return formatParts(identification.all, 'and');
  if ('any' in identification) return formatParts(identification.any, 'or');
  if ('not' in identification) return `not (${formatIdentification(identification.not)})`;
  if ('archFeature' in identification) return identification.archFeature;
  if ('level' in identification) return identification.level;
  return identification.always ? 'always' : 'never';
}
