// Generated from spec-data/machines/apple-m4-p-core/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "apple-m4-p-core",
  title: "Apple M4, one performance core",
  kind: "silicon",
  description: "Five registers of a performance core of an Apple M4 (T8132), read by a bare-metal loader.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000611f0531n,
        ID_AA64PFR0_EL1: 0x1101000010110111n,
        ID_AA64PFR1_EL1: 0x0000000202000001n,
        ID_AA64ISAR0_EL1: 0x0221100110212120n,
        ID_AA64ISAR1_EL1: 0x0110111110211502n,
      },
    },
  ],
  source: "m1n1:pull/604",
  notes: [
    "Only these registers are known; a kernel would see more, ID_AA64PFR1_EL1 names SME (value 2).",
  ],
};
