// Generated from spec-data/machines/qemu-cortex-a53/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "qemu-cortex-a53",
  title: "QEMU model Cortex-A53",
  kind: "emulator",
  description: "The ID registers that the table of this CPU model holds, before the board and its options change them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd034n,
        REVIDR_EL1: 0x0000000000000100n,
        ID_PFR0_EL1: 0x0000000000000131n,
        ID_PFR1_EL1: 0x0000000000011011n,
        ID_DFR0_EL1: 0x0000000003010066n,
        ID_AFR0_EL1: 0x0000000000000000n,
        ID_MMFR0_EL1: 0x0000000010101105n,
        ID_MMFR1_EL1: 0x0000000040000000n,
        ID_MMFR2_EL1: 0x0000000001260000n,
        ID_MMFR3_EL1: 0x0000000002102211n,
        ID_ISAR0_EL1: 0x0000000002101110n,
        ID_ISAR1_EL1: 0x0000000013112111n,
        ID_ISAR2_EL1: 0x0000000021232042n,
        ID_ISAR3_EL1: 0x0000000001112131n,
        ID_ISAR4_EL1: 0x0000000000011142n,
        ID_ISAR5_EL1: 0x0000000000011121n,
        MVFR0_EL1: 0x0000000010110222n,
        MVFR1_EL1: 0x0000000012111111n,
        MVFR2_EL1: 0x0000000000000043n,
        ID_AA64PFR0_EL1: 0x0000000000002222n,
        ID_AA64DFR0_EL1: 0x0000000010305106n,
        ID_AA64ISAR0_EL1: 0x0000000000011120n,
        ID_AA64MMFR0_EL1: 0x0000000000001122n,
        CLIDR_EL1: 0x000000000a200023n,
        CTR_EL0: 0x0000000084448004n,
        DCZID_EL0: 0x0000000000000004n,
      },
    },
  ],
  source: "qemu:target/arm/cpu64.c",
  notes: [
  ],
};
