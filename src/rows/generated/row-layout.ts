// Generated from spec-data/linux/{hwcaps,sanitised,cpucaps} by `npm run gen`. Do not edit.

/** The registers of a row, in the order of its words of 64 bits. */
export const ROW_REGISTERS = [
  'ID_AA64PFR0_EL1',
  'ID_AA64PFR1_EL1',
  'ID_AA64PFR2_EL1',
  'ID_AA64ZFR0_EL1',
  'ID_AA64SMFR0_EL1',
  'ID_AA64FPFR0_EL1',
  'ID_AA64ISAR0_EL1',
  'ID_AA64ISAR1_EL1',
  'ID_AA64ISAR2_EL1',
  'ID_AA64ISAR3_EL1',
  'ID_AA64MMFR0_EL1',
  'ID_AA64MMFR1_EL1',
  'ID_AA64MMFR2_EL1',
  'ID_AA64MMFR3_EL1',
  'MIDR_EL1',
  'REVIDR_EL1',
  'CLIDR_EL1',
  'ID_AA64DFR0_EL1',
  'ID_AA64DFR1_EL1',
  'ID_AA64MMFR4_EL1',
  'DCZID_EL0',
  'CNTFRQ_EL0',
  'ID_PFR0_EL1',
  'ID_PFR1_EL1',
  'ID_DFR0_EL1',
  'ID_MMFR0_EL1',
  'ID_MMFR1_EL1',
  'ID_MMFR2_EL1',
  'ID_MMFR3_EL1',
  'ID_ISAR0_EL1',
  'ID_ISAR1_EL1',
  'ID_ISAR2_EL1',
  'ID_ISAR3_EL1',
  'ID_ISAR4_EL1',
  'ID_ISAR5_EL1',
  'ID_MMFR4_EL1',
  'ID_ISAR6_EL1',
  'MVFR0_EL1',
  'MVFR1_EL1',
  'MVFR2_EL1',
  'ID_PFR2_EL1',
  'ID_DFR1_EL1',
  'ID_MMFR5_EL1',
  'CTR_EL0',
] as const;

/** The length of a row in words of 32 bits. */
export const ROW_HALVES = 88;

/** The registers that nobody merges: a system has those of its boot CPU. */
export const IDENTITY_REGISTERS: readonly string[] = ['MIDR_EL1', 'REVIDR_EL1', 'CLIDR_EL1'];

/** The first column of the registers of AArch32, and the first behind them. */
export const AARCH32_FROM = 22;
export const AARCH32_TO = 43;
