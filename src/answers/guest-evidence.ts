import { EVIDENCE_ROWS } from './generated/guest-evidence.ts';
import type { GuestEvidence } from './guest/tables.ts';

/** What recorded guests of Apple's hypervisor show of a field, if that is not what their host has; without a field, all of it. */
export function seenInGuests(field?: string): readonly GuestEvidence[] {
  return EVIDENCE_ROWS.filter((row) => field === undefined || row.field === field);
}
