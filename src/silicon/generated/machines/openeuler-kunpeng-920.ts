// Generated from spec-data/machines/openeuler-kunpeng-920/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "openeuler-kunpeng-920",
  title: "Kunpeng-920 model of openEuler QEMU",
  kind: "vendor-model",
  description: "The vendor's own values of TaiShan v110, AArch64 only.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000480fd010n,
        ID_PFR0_EL1: 0x0000000000000000n,
        ID_PFR1_EL1: 0x0000000000000000n,
        ID_DFR0_EL1: 0x0000000000000000n,
        ID_MMFR0_EL1: 0x0000000000000000n,
        ID_MMFR1_EL1: 0x0000000000000000n,
        ID_MMFR2_EL1: 0x0000000000000000n,
        ID_MMFR3_EL1: 0x0000000000000000n,
        ID_ISAR0_EL1: 0x0000000000000000n,
        ID_ISAR1_EL1: 0x0000000000000000n,
        ID_ISAR2_EL1: 0x0000000000000000n,
        ID_ISAR3_EL1: 0x0000000000000000n,
        ID_ISAR4_EL1: 0x0000000000000000n,
        ID_ISAR5_EL1: 0x0000000000000000n,
        ID_MMFR4_EL1: 0x0000000000000000n,
        MVFR0_EL1: 0x0000000000000000n,
        MVFR1_EL1: 0x0000000000000000n,
        MVFR2_EL1: 0x0000000000000000n,
        ID_AA64PFR0_EL1: 0x0000010011111111n,
        ID_AA64DFR0_EL1: 0x0000000110305408n,
        ID_AA64ISAR0_EL1: 0x0001100010211120n,
        ID_AA64ISAR1_EL1: 0x0000000000011001n,
        ID_AA64MMFR0_EL1: 0x0000000000101125n,
        ID_AA64MMFR1_EL1: 0x0000000010211122n,
        ID_AA64MMFR2_EL1: 0x0000000000001011n,
        CTR_EL0: 0x0000000084448004n,
      },
    },
  ],
  recorded: {
    release: "6.8",
    config: "defconfig",
    features: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","dcpop","asimddp","asimdfhm"],
    source: "hrw-arm-socs-table:cpuinfo-data/hisilion-kunpeng-920",
  },
  source: "openeuler-qemu:target/arm/cpu64.c",
  notes: [
    "The kernel is not stated with the recording; the release is one under which the line is possible.",
    "The registers are a model, the line is from silicon (r1p0; the model says r0p0).",
    "The AArch32 ID registers are zero in the model.",
  ],
};
