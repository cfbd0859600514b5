// Generated from spec-data/machines/lx2160a/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "lx2160a",
  title: "NXP LX2160A: 16 Cortex-A72",
  kind: "silicon",
  description: "Registers and the flags of lscpu, posted together for one HoneyComb board.",
  cpus: [
    {
      count: 16,
      registers: {
        MIDR_EL1: 0x00000000410fd083n,
        ID_AA64PFR0_EL1: 0x0000000001002222n,
        ID_AA64PFR1_EL1: 0x0000000000000000n,
        ID_AA64ISAR0_EL1: 0x0000000000011120n,
        ID_AA64MMFR0_EL1: 0x0000000000001124n,
        ID_AA64MMFR1_EL1: 0x0000000000000000n,
        ID_AA64MMFR2_EL1: 0x0000000000000000n,
      },
    },
  ],
  recorded: {
    release: "6.8",
    config: "defconfig",
    features: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","cpuid"],
    source: "box64:issues/931",
  },
  source: "box64:issues/931",
  notes: [
    "The kernel is not stated with the recording; the release is one under which the line is possible.",
    "MIDR_EL1 and the number of cores are those of the cpuinfo in hrw-arm-socs-table:cpuinfo-data/solidrun-honeycomb-lx2160a.",
  ],
};
