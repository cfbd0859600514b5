import { EVIDENCE_ROWS } from './generated/guest.ts';
import type { GuestEvidence } from './guest/tables.ts';

/** A layer of KVM by its name, and what a vCPU may be made with so that it takes nothing. */
export function layerTitle(name: string, brings: string | undefined): string {
  return brings === undefined ? name : `${name} (--vcpu ${brings} brings it)`;
}

/** What recorded guests of Apple's hypervisor show of a field, if that is not what their host has; without a field, all of it. */
export function seenInGuests(field?: string): readonly GuestEvidence[] {
  return EVIDENCE_ROWS.filter((row) => field === undefined || row.field === field);
}
