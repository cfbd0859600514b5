// Generated from spec-data/machines/trm-cortex-a710/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "trm-cortex-a710",
  title: "Cortex-A710, values of its manual",
  kind: "manual",
  description: "Reset values of the ID registers as the Technical Reference Manual has them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd470n,
        ID_AA64PFR0_EL1: 0x1201111123111112n,
        ID_AA64PFR1_EL1: 0x0000000000000221n,
        ID_AA64ZFR0_EL1: 0x0000110100110021n,
        ID_AA64DFR0_EL1: 0x000011f010305619n,
        ID_AA64ISAR0_EL1: 0x0221111110212120n,
        ID_AA64ISAR1_EL1: 0x0010111101211032n,
        ID_AA64MMFR0_EL1: 0x0000022200101122n,
        ID_AA64MMFR1_EL1: 0x0000000010212122n,
        ID_AA64MMFR2_EL1: 0x1221011110101011n,
      },
    },
  ],
  source: "hrw-arm-socs-table:data/cpu_cores.yml",
  notes: [
    "MIDR_EL1 is composed of the implementer and the part; the revision r0p0 is assumed.",
    "A manual gives one configuration; options of the chip maker (cryptography, GIC, memory tagging, SVE) differ between chips.",
  ],
};
