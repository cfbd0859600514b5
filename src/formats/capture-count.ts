import type { Capture } from '../answers/capture.ts';
import { LISTING_KEYS, WORD_KEYS } from '../answers/guest/listings.ts';

/** How many CPUs, devices, lines or names a listing gave. */
export function countOf(capture: Capture): number {
  const { cpuinfo, cpuinfo32, hwcaps, compat, machine, midrs, cores, archFeatures } = capture;
  let count = (cpuinfo ?? cpuinfo32 ?? machine?.cpus ?? midrs ?? cores ?? []).length;
  if (count === 0) count = (hwcaps?.names ?? compat?.names ?? hwcaps?.words ?? archFeatures?.present ?? []).length;
  for (const key of LISTING_KEYS) count += capture[key]?.rows.length ?? 0;
  for (const key of WORD_KEYS) if (capture[key] !== undefined) count += 1;
  return count;
}
