// Generated from spec-data/machines/qemu-neoverse-n2/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "qemu-neoverse-n2",
  title: "QEMU model Neoverse-N2",
  kind: "emulator",
  description: "The ID registers that the table of this CPU model holds, before the board and its options change them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000410fd493n,
        REVIDR_EL1: 0x0000000000000000n,
        ID_PFR0_EL1: 0x0000000021110131n,
        ID_PFR1_EL1: 0x0000000000010000n,
        ID_DFR0_EL1: 0x0000000016011099n,
        ID_MMFR0_EL1: 0x0000000010201105n,
        ID_MMFR1_EL1: 0x0000000040000000n,
        ID_MMFR2_EL1: 0x0000000001260000n,
        ID_MMFR3_EL1: 0x0000000002122211n,
        ID_ISAR0_EL1: 0x0000000002101110n,
        ID_ISAR1_EL1: 0x0000000013112111n,
        ID_ISAR2_EL1: 0x0000000021232042n,
        ID_ISAR3_EL1: 0x0000000001112131n,
        ID_ISAR4_EL1: 0x0000000000010142n,
        ID_ISAR5_EL1: 0x0000000011011121n,
        ID_MMFR4_EL1: 0x0000000001021110n,
        ID_ISAR6_EL1: 0x0000000001111111n,
        MVFR0_EL1: 0x0000000010110222n,
        MVFR1_EL1: 0x0000000013211111n,
        MVFR2_EL1: 0x0000000000000043n,
        ID_PFR2_EL1: 0x0000000000000011n,
        ID_AA64PFR0_EL1: 0x1201111120111112n,
        ID_AA64PFR1_EL1: 0x0000000000000221n,
        ID_AA64ZFR0_EL1: 0x0000110100110021n,
        ID_AA64DFR0_EL1: 0x000011f210305619n,
        ID_AA64ISAR0_EL1: 0x1221111110212120n,
        ID_AA64ISAR1_EL1: 0x0011111101211052n,
        ID_AA64MMFR0_EL1: 0x0000022200101125n,
        ID_AA64MMFR1_EL1: 0x0000000010212122n,
        ID_AA64MMFR2_EL1: 0x1221011112101011n,
        CLIDR_EL1: 0x0000001482000023n,
        CTR_EL0: 0x00000004b444c004n,
        DCZID_EL0: 0x0000000000000004n,
      },
    },
  ],
  source: "qemu:target/arm/tcg/cpu64.c",
  notes: [
  ],
};
