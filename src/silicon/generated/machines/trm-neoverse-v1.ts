// Generated from spec-data/machines/trm-neoverse-v1/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "trm-neoverse-v1",
  title: "Neoverse-V1, values of its manual",
  kind: "manual",
  description: "Reset values of the ID registers as the Technical Reference Manual has them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd400n,
        ID_AA64PFR0_EL1: 0x1101110123111112n,
        ID_AA64PFR1_EL1: 0x0000000000000020n,
        ID_AA64DFR0_EL1: 0x000001f210305408n,
        ID_AA64ISAR0_EL1: 0x1011111110212120n,
        ID_AA64ISAR1_EL1: 0x0111000001211032n,
        ID_AA64MMFR0_EL1: 0x0000000000101125n,
        ID_AA64MMFR1_EL1: 0x0000000010212122n,
        ID_AA64MMFR2_EL1: 0x0220011102101011n,
      },
    },
  ],
  source: "hrw-arm-socs-table:data/cpu_cores.yml",
  notes: [
    "MIDR_EL1 is composed of the implementer and the part; the revision r0p0 is assumed.",
    "ID_AA64ISAR1_EL1 of this TRM table: XS = 1 (no FEAT_XS on this core) and BF16 = 0; Graviton 3 hardware reads XS = 0, BF16 = 1.",
    "Not to be trusted: ID_AA64ISAR1_EL1.",
    "A manual gives one configuration; options of the chip maker (cryptography, GIC, memory tagging, SVE) differ between chips.",
  ],
};
