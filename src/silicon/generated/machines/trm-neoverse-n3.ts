// Generated from spec-data/machines/trm-neoverse-n3/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "trm-neoverse-n3",
  title: "Neoverse-N3, values of its manual",
  kind: "manual",
  description: "Reset values of the ID registers as the Technical Reference Manual has them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd8e0n,
        ID_AA64PFR0_EL1: 0x1201111123111111n,
        ID_AA64PFR1_EL1: 0x0000000010010321n,
        ID_AA64ZFR0_EL1: 0x0000110100110021n,
        ID_AA64DFR0_EL1: 0x100f11f310305719n,
        ID_AA64ISAR0_EL1: 0x1221111110212120n,
        ID_AA64ISAR1_EL1: 0x0111111100211002n,
        ID_AA64ISAR2_EL1: 0x0000000001005102n,
        ID_AA64MMFR0_EL1: 0x2100022200101123n,
        ID_AA64MMFR1_EL1: 0x1001111010312122n,
        ID_AA64MMFR2_EL1: 0x1221011110101011n,
        ID_AA64MMFR3_EL1: 0x1000000000000000n,
      },
    },
  ],
  source: "hrw-arm-socs-table:data/cpu_cores.yml",
  notes: [
    "MIDR_EL1 is composed of the implementer and the part; the revision r0p0 is assumed.",
    "A manual gives one configuration; options of the chip maker (cryptography, GIC, memory tagging, SVE) differ between chips.",
  ],
};
