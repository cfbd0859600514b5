// Generated from spec-data/machines/qemu-a64fx/ by `npm run gen`. Do not edit.

import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINE: MachineRecord = {
  name: "qemu-a64fx",
  title: "QEMU model A64FX",
  kind: "emulator",
  description: "The ID registers that the table of this CPU model holds, before the board and its options change them.",
  cpus: [
    {
      registers: {
        MIDR_EL1: 0x00000000461f0010n,
        REVIDR_EL1: 0x0000000000000000n,
        ID_AA64PFR0_EL1: 0x0000000101111111n,
        ID_AA64PFR1_EL1: 0x0000000000000000n,
        ID_AA64ZFR0_EL1: 0x0000000000000000n,
        ID_AA64DFR0_EL1: 0x0000000010305408n,
        ID_AA64DFR1_EL1: 0x0000000000000000n,
        ID_AA64AFR0_EL1: 0x0000000000000000n,
        ID_AA64AFR1_EL1: 0x0000000000000000n,
        ID_AA64ISAR0_EL1: 0x0000000010211120n,
        ID_AA64ISAR1_EL1: 0x0000000000010001n,
        ID_AA64MMFR0_EL1: 0x0000000000001122n,
        ID_AA64MMFR1_EL1: 0x0000000011212100n,
        ID_AA64MMFR2_EL1: 0x0000000000001011n,
        CLIDR_EL1: 0x0000000080000023n,
        CTR_EL0: 0x0000000086668006n,
        DCZID_EL0: 0x0000000000000006n,
      },
    },
  ],
  source: "qemu:target/arm/tcg/cpu64.c",
  notes: [
  ],
};
