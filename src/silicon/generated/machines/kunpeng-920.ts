// Generated from spec-data/machines/kunpeng-920/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "kunpeng-920",
  title: "Kunpeng 920 server",
  kind: "reconstructed",
  description: "A server of which the Features line was printed, with the registers that explain it.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000481fd010n,
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
        CNTFRQ_EL0: 0x0000000005f5e100n,
      },
    },
  ],
  recorded: {
    release: "5.10",
    config: "defconfig",
    bogomips: "200.00",
    features: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","dcpop","asimddp","asimdfhm"],
    source: "seed:kunpeng-920",
  },
  source: "openeuler-qemu:target/arm/cpu64.c",
  notes: [
    "Nobody read registers on this server. The values are those of the vendor model of the chip (openeuler-kunpeng-920); the recorded line comes out of them without a change.",
    "MIDR_EL1 is 0x481fd010, r1p0, and CNTFRQ_EL0 is 100 MHz (BogoMIPS 200.00), as the cpuinfo of another Kunpeng 920 with 94 CPUs says (hrw-arm-socs-table:cpuinfo-data/hisilion-kunpeng-920). That cpuinfo has the same Features line. The vendor model has r0p0.",
    "The line has no lrcpc (ID_AA64ISAR1_EL1.LRCPC 0), no sb, paca and pacg (SB, APA and API 0), no dit (ID_AA64PFR0_EL1.DIT 0), no uscat (ID_AA64MMFR2_EL1.AT 0), no sha3, sha512 and flagm (ID_AA64ISAR0_EL1.SHA3 0, SHA2 1, TS 0). It has dcpop without dcpodp (DPB 1).",
    "ID_AA64PFR1_EL1 is unknown; the line has no ssbs, so its SSBS is below 2. It is left out and read as zero.",
    "The AArch32 ID registers are zero in the model: ID_AA64PFR0_EL1.EL0 is 1, the core has no AArch32. The number of CPUs is not stated; one is listed.",
    "The kernel is not stated. The newest name in the line, asimdfhm, came with Linux 4.16, so every mainline release from 4.16 on gives this line; 5.10 is chosen, the same as for parallels-m1, so that a difference between the two comes from the silicon.",
  ],
};
