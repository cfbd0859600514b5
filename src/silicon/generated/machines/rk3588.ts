// Generated from spec-data/machines/rk3588/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "rk3588",
  title: "Rockchip RK3588: 4 Cortex-A55 and 4 Cortex-A76",
  kind: "reconstructed",
  description: "The little cores as read on a board, the big ones as the manual of Cortex-A76 has them.",
  cpus: [
    {
      count: 4,
      registers: {
        MIDR_EL1: 0x00000000412fd050n,
        ID_AA64PFR0_EL1: 0x0000000011112222n,
        ID_AA64PFR1_EL1: 0x0000000000000010n,
        ID_AA64PFR2_EL1: 0x0000000000000000n,
        ID_AA64ZFR0_EL1: 0x0000000000000000n,
        ID_AA64SMFR0_EL1: 0x0000000000000000n,
        ID_AA64FPFR0_EL1: 0x0000000000000000n,
        ID_AA64DFR0_EL1: 0x0000000010305408n,
        ID_AA64DFR1_EL1: 0x0000000000000000n,
        ID_AA64AFR0_EL1: 0x0000000000000000n,
        ID_AA64AFR1_EL1: 0x0000000000000000n,
        ID_AA64ISAR0_EL1: 0x0000100010211120n,
        ID_AA64ISAR1_EL1: 0x0000000000100001n,
        ID_AA64ISAR2_EL1: 0x0000000000000000n,
        ID_AA64ISAR3_EL1: 0x0000000000000000n,
        ID_AA64MMFR0_EL1: 0x0000000000101122n,
        ID_AA64MMFR1_EL1: 0x0000000010212122n,
        ID_AA64MMFR2_EL1: 0x0000000000001011n,
        ID_AA64MMFR3_EL1: 0x0000000000000000n,
        ID_AA64MMFR4_EL1: 0x0000000000000000n,
      },
    },
    {
      count: 4,
      registers: {
        MIDR_EL1: 0x00000000414fd0b0n,
        ID_AA64PFR0_EL1: 0x1100000011111112n,
        ID_AA64PFR1_EL1: 0x0000000000000010n,
        ID_AA64DFR0_EL1: 0x0000000010305408n,
        ID_AA64ISAR0_EL1: 0x0000100010211120n,
        ID_AA64ISAR1_EL1: 0x0000000000100001n,
        ID_AA64MMFR0_EL1: 0x0000000000101122n,
        ID_AA64MMFR1_EL1: 0x0000000010212122n,
        ID_AA64MMFR2_EL1: 0x0000000000001011n,
      },
    },
  ],
  recorded: {
    release: "6.8",
    config: "defconfig",
    bogomips: "48.00",
    features: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","lrcpc","dcpop","asimddp"],
    source: "hrw-arm-socs-table:cpuinfo-data/rk3588",
  },
  source: "hrw-arm-socs-table:issues/114",
  notes: [
    "The kernel is not stated with the recording; the release is one under which the line is possible.",
    "The registers of the Cortex-A76 are those of its manual (hrw-arm-socs-table:data/cpu_cores.yml), not of this chip; its MIDR_EL1, the order of the cores and BogoMIPS are those of the recorded cpuinfo.",
    "No ssbs in the line: the Cortex-A55 has ID_AA64PFR1_EL1.SSBS 1, and the safe value is the lower one.",
  ],
};
