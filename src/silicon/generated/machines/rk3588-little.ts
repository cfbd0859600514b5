// Generated from spec-data/machines/rk3588-little/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "rk3588-little",
  title: "Rockchip RK3588: 4 Cortex-A55",
  kind: "silicon",
  description: "The boot core of an RK3588 board, read by an EFI program; only the little cores.",
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
  ],
  recorded: {
    release: "6.8",
    config: "defconfig",
    features: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","lrcpc","dcpop","asimddp"],
    source: "hrw-arm-socs-table:cpuinfo-data/rk3588",
  },
  source: "hrw-arm-socs-table:issues/114",
  notes: [
    "The kernel is not stated with the recording; the release is one under which the line is possible.",
    "Registers and Features line come from two units of the same chip, not from one.",
    "The line was recorded with all eight cores up; the four Cortex-A76 take nothing away from it.",
  ],
};
