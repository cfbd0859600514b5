// Generated from spec-data/machines/trm-cortex-x1c/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "trm-cortex-x1c",
  title: "Cortex-X1C, values of its manual",
  kind: "manual",
  description: "Reset values of the ID registers as the Technical Reference Manual has them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd4c0n,
        ID_AA64PFR0_EL1: 0x1100000011111112n,
        ID_AA64PFR1_EL1: 0x0000000000000010n,
        ID_AA64DFR0_EL1: 0x0000000010305408n,
        ID_AA64ISAR0_EL1: 0x0010100010211120n,
        ID_AA64ISAR1_EL1: 0x0000000001200031n,
        ID_AA64MMFR0_EL1: 0x0000000000101122n,
        ID_AA64MMFR1_EL1: 0x0000000010212122n,
        ID_AA64MMFR2_EL1: 0x0000000100001011n,
      },
    },
  ],
  source: "hrw-arm-socs-table:data/cpu_cores.yml",
  notes: [
    "MIDR_EL1 is composed of the implementer and the part; the revision r0p0 is assumed.",
    "A manual gives one configuration; options of the chip maker (cryptography, GIC, memory tagging, SVE) differ between chips.",
  ],
};
