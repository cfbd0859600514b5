// Generated from spec-data/guest/ by `npm run gen`. Do not edit.

import type { GuestEvidence } from '../guest/tables.ts';

/** From evidence.json, in its order. */
export const EVIDENCE_ROWS: readonly GuestEvidence[] = [
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64PFR0_EL1.EL2","from":1,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64PFR1_EL1.SSBS","from":2,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64DFR0_EL1.PMUVer","from":15,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64DFR0_EL1.DebugVer","from":9,"to":6},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64MMFR0_EL1.TGran4_2","from":2,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64MMFR0_EL1.TGran64_2","from":1,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64MMFR0_EL1.TGran16_2","from":2,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64MMFR1_EL1.VH","from":1,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64MMFR2_EL1.EVT","from":2,"to":0},
  {"host":"apple-m1","guests":["apple-m1-vm-debian","apple-m1-vm-ubuntu"],"field":"ID_AA64MMFR2_EL1.FWB","from":1,"to":0},
];
