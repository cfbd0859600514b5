// Generated from spec-data/machines/trm-c1-nano/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "trm-c1-nano",
  title: "C1-Nano, values of its manual",
  kind: "manual",
  description: "Reset values of the ID registers as the Technical Reference Manual has them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd8a0n,
        ID_AA64PFR0_EL1: 0x1301111123111111n,
        ID_AA64PFR1_EL1: 0x0000001012010321n,
        ID_AA64PFR2_EL1: 0x0000000000000001n,
        ID_AA64ZFR0_EL1: 0x0000110100110021n,
        ID_AA64DFR0_EL1: 0x100f11f01030581an,
        ID_AA64ISAR0_EL1: 0x1221111111021212n,
        ID_AA64ISAR1_EL1: 0x0111121100311002n,
        ID_AA64ISAR2_EL1: 0x0001000011115102n,
        ID_AA64MMFR0_EL1: 0x2100022200101122n,
        ID_AA64MMFR1_EL1: 0x1111112011312122n,
        ID_AA64MMFR2_EL1: 0x1221011110101011n,
        ID_AA64MMFR3_EL1: 0x1000000000000000n,
      },
    },
  ],
  source: "hrw-arm-socs-table:data/cpu_cores.yml",
  notes: [
    "MIDR_EL1 is composed of the implementer and the part; the revision r0p0 is assumed.",
    "ID_AA64ISAR0_EL1.CRC32 = 2 is not an architected value.",
    "ID_AA64ISAR0_EL1.SHA1 = 2 is not an architected value.",
    "ID_AA64ISAR0_EL1 has reserved bits 0x2.",
    "Not to be trusted: ID_AA64ISAR0_EL1.",
    "A manual gives one configuration; options of the chip maker (cryptography, GIC, memory tagging, SVE) differ between chips.",
  ],
};
