import { findCoreRow, isMaskedMidr, makerTitle } from '../silicon/core-row.ts';
import { formatRevision, parseMidr } from '../silicon/midr.ts';

/**
 * Writes what a MIDR_EL1 names: `ARM Cortex-A72 r0p3`.
 *
 * @example
 * ```js
 * coreName(0x410fd083n) // → 'ARM Cortex-A72 r0p3'
 * ```
 */
export function coreName(midr: bigint | undefined): string {
  if (midr === undefined) return 'MIDR_EL1 unknown';
  const parts = parseMidr(midr);
  const implementer = makerTitle(parts.implementer);
  if (isMaskedMidr(parts)) return `${implementer} (part hidden)`;
  const name = findCoreRow(parts)?.name ?? `part 0x${parts.part.toString(16).padStart(3, '0')}`;
  return `${implementer} ${name} ${formatRevision(parts)}`;
}
