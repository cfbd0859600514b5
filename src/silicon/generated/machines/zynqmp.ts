// Generated from spec-data/machines/zynqmp/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "zynqmp",
  title: "Xilinx Zynq UltraScale+: 4 Cortex-A53",
  kind: "silicon",
  description: "Printed by the Xen hypervisor at boot.",
  cpus: [
    {
      count: 4,
      registers: {
        MIDR_EL1: 0x00000000410fd034n,
        ID_PFR0_EL1: 0x0000000000000131n,
        ID_PFR1_EL1: 0x0000000000011011n,
        ID_DFR0_EL1: 0x0000000003010066n,
        ID_AFR0_EL1: 0x0000000000000000n,
        ID_MMFR0_EL1: 0x0000000010201105n,
        ID_MMFR1_EL1: 0x0000000040000000n,
        ID_MMFR2_EL1: 0x0000000001260000n,
        ID_MMFR3_EL1: 0x0000000002102211n,
        ID_ISAR0_EL1: 0x0000000002101110n,
        ID_ISAR1_EL1: 0x0000000013112111n,
        ID_ISAR2_EL1: 0x0000000021232042n,
        ID_ISAR3_EL1: 0x0000000001112131n,
        ID_ISAR4_EL1: 0x0000000000011142n,
        ID_ISAR5_EL1: 0x0000000000011121n,
        ID_AA64PFR0_EL1: 0x0000000000002222n,
        ID_AA64PFR1_EL1: 0x0000000000000000n,
        ID_AA64DFR0_EL1: 0x0000000010305106n,
        ID_AA64DFR1_EL1: 0x0000000000000000n,
        ID_AA64AFR0_EL1: 0x0000000000000000n,
        ID_AA64AFR1_EL1: 0x0000000000000000n,
        ID_AA64ISAR0_EL1: 0x0000000000011120n,
        ID_AA64ISAR1_EL1: 0x0000000000000000n,
        ID_AA64MMFR0_EL1: 0x0000000000001122n,
        ID_AA64MMFR1_EL1: 0x0000000000000000n,
      },
    },
  ],
  recorded: {
    release: "5.15",
    config: {"base":"defconfig","CONFIG_ARM_ARCH_TIMER_EVTSTREAM":"n"},
    features: ["fp","asimd","aes","pmull","sha1","sha2","crc32","cpuid"],
    source: "hrw-arm-socs-table:cpuinfo-data/xilinx-xczu9eg",
  },
  source: "xen-devel:2023-04",
  notes: [
    "The kernel is not stated with the recording; the release is one under which the line is possible.",
    "Registers and Features line come from two units of the same chip, not from one.",
    "No evtstrm in the line, so a kernel built without CONFIG_ARM_ARCH_TIMER_EVTSTREAM is assumed.",
  ],
};
