import type { ArchFeature } from '../arch/arch-feature.ts';
import { formatIdentification } from './identification.ts';

/**
 * Writes from which level on an architecture feature may be there, and from which it must: `Armv8.4-A; optional from Armv8.2-A; …`.
 *
 * @example
 * ```js
 * formatArchFeatureLevels(findArchFeature('FEAT_LRCPC2')) // → 'Armv8.4-A; optional from Armv8.2-A; mandatory from Armv8.4-A'
 * ```
 */
export function formatArchFeatureLevels({ introduced, optionalFrom, mandatoryFrom, mandatoryConditional }: ArchFeature): string {
  const parts: string[] = [introduced.level];
  if (optionalFrom !== undefined) parts.push(`optional from ${optionalFrom}`);
  if (mandatoryFrom !== undefined) parts.push(`mandatory from ${mandatoryFrom}`);
  for (const { from, when } of mandatoryConditional ?? []) parts.push(`mandatory from ${from} with ${formatIdentification(when)}`);
  return parts.join('; ');
}
