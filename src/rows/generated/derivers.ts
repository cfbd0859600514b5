// Generated from spec-data/linux/{hwcaps,sanitised,cpucaps} by `npm run gen`. Do not edit.
import type { RegisterFile } from '../../silicon/machine.ts';
import type { Slot } from '../tables.ts';

/** The look-ups of {@link deriveNative}, in the order of their tables. */
export const NATIVE_SLOTS: readonly Slot[] = [
  { column: 0, lsb: 16, width: 8, half: 0, level: 0 },
  { column: 0, lsb: 32, width: 4, half: 0, level: 0 },
  { column: 0, lsb: 48, width: 4, half: 0, level: 0 },
  { column: 1, lsb: 4, width: 4, half: 0, level: 0 },
  { column: 6, lsb: 4, width: 4, half: 0, level: 0 },
  { column: 6, lsb: 8, width: 8, half: 0, level: 0 },
  { column: 6, lsb: 16, width: 8, half: 0, level: 0 },
  { column: 6, lsb: 28, width: 4, half: 0, level: 0 },
  { column: 6, lsb: 32, width: 8, half: 0, level: 0 },
  { column: 6, lsb: 40, width: 8, half: 0, level: 0 },
  { column: 6, lsb: 48, width: 8, half: 0, level: 0 },
  { column: 7, lsb: 0, width: 8, half: 0, level: 0 },
  { column: 7, lsb: 8, width: 8, half: 0, level: 0 },
  { column: 7, lsb: 16, width: 8, half: 0, level: 0 },
  { column: 7, lsb: 24, width: 8, half: 0, level: 0 },
  { column: 7, lsb: 36, width: 4, half: 0, level: 0 },
  { column: 8, lsb: 8, width: 8, half: 0, level: 0 },
  { column: 12, lsb: 32, width: 4, half: 0, level: 0 },
  { column: 1, lsb: 44, width: 4, half: 1, level: 0 },
  { column: 3, lsb: 0, width: 8, half: 1, level: 0 },
  { column: 3, lsb: 12, width: 4, half: 1, level: 0 },
  { column: 3, lsb: 24, width: 4, half: 1, level: 0 },
  { column: 3, lsb: 48, width: 4, half: 1, level: 0 },
  { column: 4, lsb: 0, width: 4, half: 1, level: 0 },
  { column: 4, lsb: 16, width: 8, half: 1, level: 0 },
  { column: 4, lsb: 24, width: 4, half: 1, level: 0 },
  { column: 4, lsb: 56, width: 4, half: 1, level: 0 },
  { column: 5, lsb: 24, width: 4, half: 1, level: 0 },
  { column: 8, lsb: 52, width: 4, half: 1, level: 0 },
  { column: 9, lsb: 28, width: 4, half: 1, level: 0 },
  { column: 0, lsb: 32, width: 4, half: 1, level: 1 },
  { column: 1, lsb: 24, width: 4, half: 1, level: 1 },
  { column: 1, lsb: 0, width: 4, half: 2, level: 0 },
  { column: 1, lsb: 8, width: 4, half: 2, level: 0 },
  { column: 1, lsb: 24, width: 4, half: 2, level: 0 },
  { column: 3, lsb: 0, width: 8, half: 2, level: 0 },
  { column: 3, lsb: 16, width: 8, half: 2, level: 0 },
  { column: 3, lsb: 32, width: 4, half: 2, level: 0 },
  { column: 3, lsb: 40, width: 8, half: 2, level: 0 },
  { column: 3, lsb: 52, width: 4, half: 2, level: 0 },
  { column: 3, lsb: 56, width: 4, half: 2, level: 0 },
  { column: 4, lsb: 32, width: 8, half: 2, level: 0 },
  { column: 4, lsb: 48, width: 8, half: 2, level: 0 },
  { column: 4, lsb: 60, width: 4, half: 2, level: 0 },
  { column: 6, lsb: 52, width: 4, half: 2, level: 0 },
  { column: 6, lsb: 60, width: 4, half: 2, level: 0 },
  { column: 7, lsb: 0, width: 4, half: 2, level: 0 },
  { column: 7, lsb: 32, width: 4, half: 2, level: 0 },
  { column: 7, lsb: 44, width: 4, half: 2, level: 0 },
  { column: 7, lsb: 48, width: 8, half: 2, level: 0 },
  { column: 8, lsb: 0, width: 8, half: 2, level: 0 },
  { column: 10, lsb: 60, width: 4, half: 2, level: 0 },
  { column: 11, lsb: 44, width: 4, half: 2, level: 0 },
  { column: 0, lsb: 32, width: 4, half: 2, level: 1 },
  { column: 1, lsb: 24, width: 4, half: 2, level: 1 },
  { column: 2, lsb: 32, width: 4, half: 3, level: 0 },
  { column: 3, lsb: 0, width: 4, half: 3, level: 0 },
  { column: 3, lsb: 20, width: 4, half: 3, level: 0 },
  { column: 3, lsb: 24, width: 4, half: 3, level: 0 },
  { column: 4, lsb: 28, width: 4, half: 3, level: 0 },
  { column: 4, lsb: 32, width: 4, half: 3, level: 0 },
  { column: 4, lsb: 40, width: 8, half: 3, level: 0 },
  { column: 4, lsb: 56, width: 8, half: 3, level: 0 },
  { column: 5, lsb: 0, width: 4, half: 3, level: 0 },
  { column: 5, lsb: 28, width: 4, half: 3, level: 0 },
  { column: 6, lsb: 20, width: 4, half: 3, level: 0 },
  { column: 7, lsb: 20, width: 4, half: 3, level: 0 },
  { column: 7, lsb: 44, width: 4, half: 3, level: 0 },
  { column: 8, lsb: 16, width: 8, half: 3, level: 0 },
  { column: 8, lsb: 48, width: 8, half: 3, level: 0 },
  { column: 8, lsb: 56, width: 4, half: 3, level: 0 },
  { column: 9, lsb: 4, width: 4, half: 3, level: 0 },
  { column: 13, lsb: 16, width: 4, half: 3, level: 0 },
  { column: 0, lsb: 32, width: 4, half: 3, level: 1 },
  { column: 1, lsb: 24, width: 4, half: 3, level: 1 },
  { column: 2, lsb: 4, width: 4, half: 4, level: 0 },
  { column: 2, lsb: 8, width: 4, half: 4, level: 0 },
  { column: 3, lsb: 0, width: 4, half: 4, level: 0 },
  { column: 3, lsb: 24, width: 4, half: 4, level: 0 },
  { column: 4, lsb: 56, width: 8, half: 4, level: 0 },
  { column: 5, lsb: 12, width: 4, half: 4, level: 0 },
  { column: 6, lsb: 48, width: 4, half: 4, level: 0 },
  { column: 7, lsb: 60, width: 4, half: 4, level: 0 },
  { column: 8, lsb: 56, width: 4, half: 4, level: 0 },
  { column: 9, lsb: 16, width: 4, half: 4, level: 0 },
  { column: 0, lsb: 32, width: 4, half: 4, level: 1 },
  { column: 1, lsb: 24, width: 4, half: 4, level: 1 },
];

/** The look-ups of {@link deriveCompat}, in the order of their tables. */
export const COMPAT_SLOTS: readonly Slot[] = [
  { column: 36, lsb: 4, width: 4, half: 0, level: 0 },
  { column: 36, lsb: 8, width: 4, half: 0, level: 0 },
  { column: 36, lsb: 20, width: 4, half: 0, level: 0 },
  { column: 36, lsb: 24, width: 4, half: 0, level: 0 },
  { column: 37, lsb: 8, width: 4, half: 0, level: 0 },
  { column: 38, lsb: 16, width: 8, half: 0, level: 0 },
  { column: 38, lsb: 24, width: 8, half: 0, level: 0 },
  { column: 0, lsb: 0, width: 4, half: 0, level: 1 },
  { column: 38, lsb: 12, width: 4, half: 0, level: 1 },
  { column: 38, lsb: 8, width: 4, half: 0, level: 2 },
  { column: 0, lsb: 0, width: 4, half: 0, level: 3 },
  { column: 34, lsb: 4, width: 4, half: 2, level: 0 },
  { column: 34, lsb: 8, width: 8, half: 2, level: 0 },
  { column: 34, lsb: 16, width: 4, half: 2, level: 0 },
  { column: 36, lsb: 12, width: 4, half: 2, level: 0 },
  { column: 40, lsb: 4, width: 4, half: 2, level: 0 },
  { column: 0, lsb: 0, width: 4, half: 2, level: 1 },
];

/** The tables in use. That they are a constant of the module saves a check at each look-up. */
const NATIVE_TABLES = new Int32Array(7392);
let nativeTablesInUse: Int32Array | undefined;

/** Puts the tables of a kernel to use: what it makes of the bits, one look-up after the other. */
export function useNativeTables(tables: Int32Array): void {
  if (nativeTablesInUse === tables) return;
  NATIVE_TABLES.set(tables);
  nativeTablesInUse = tables;
}

/** The rows, counted from the first of a call, whose implementer has errata. */
export const SUSPECTS: Int32Array = new Int32Array(256);

/**
 * Derives the hwcap words of rows. The tables must be in use.
 *
 * @param rows - Rows of 88 words of 32 bits, the low half of a register first.
 * @param out - Takes 6 words of 32 bits a row, the low half of a hwcap word first.
 * @param count - At most 256.
 * @param first - An implementer with errata; -1 for none.
 * @param second - Another one, or the same.
 * @returns How many rows are noted in {@link SUSPECTS}.
 */
export function deriveNative(rows: Int32Array, from: number, out: Int32Array, to: number, count: number, first: number, second: number): number {
  let r = from;
  let o = to;
  let suspects = 0;
  for (let i = 0; i < count; i++) {
    let w: number;
    w = rows[r]!;
    let a0 = NATIVE_TABLES[(w >>> 16) & 255]!;
    w = rows[r + 1]!;
    a0 |= NATIVE_TABLES[256 + (w & 15)]!;
    a0 |= NATIVE_TABLES[272 + ((w >>> 16) & 15)]!;
    let a1_ = NATIVE_TABLES[3600 + (w & 15)]!;
    let a2_ = NATIVE_TABLES[5648 + (w & 15)]!;
    let a3_ = NATIVE_TABLES[6928 + (w & 15)]!;
    let a4_ = NATIVE_TABLES[7360 + (w & 15)]!;
    w = rows[r + 2]!;
    a0 |= NATIVE_TABLES[288 + ((w >>> 4) & 15)]!;
    a1_ |= NATIVE_TABLES[3616 + ((w >>> 24) & 15)]!;
    let a2 = NATIVE_TABLES[3632 + (w & 15)]!;
    a2 |= NATIVE_TABLES[3648 + ((w >>> 8) & 15)]!;
    a2 |= NATIVE_TABLES[3664 + ((w >>> 24) & 15)]!;
    a2_ |= NATIVE_TABLES[5664 + ((w >>> 24) & 15)]!;
    a3_ |= NATIVE_TABLES[6944 + ((w >>> 24) & 15)]!;
    a4_ |= NATIVE_TABLES[7376 + ((w >>> 24) & 15)]!;
    w = rows[r + 3]!;
    let a1 = NATIVE_TABLES[2928 + ((w >>> 12) & 15)]!;
    w = rows[r + 4]!;
    let a4 = NATIVE_TABLES[6960 + ((w >>> 4) & 15)]!;
    a4 |= NATIVE_TABLES[6976 + ((w >>> 8) & 15)]!;
    w = rows[r + 5]!;
    let a3 = NATIVE_TABLES[5680 + (w & 15)]!;
    w = rows[r + 6]!;
    a1 |= NATIVE_TABLES[2944 + (w & 255)]!;
    a1 |= NATIVE_TABLES[3200 + ((w >>> 12) & 15)]!;
    a1 |= NATIVE_TABLES[3216 + ((w >>> 24) & 15)]!;
    a2 |= NATIVE_TABLES[3680 + (w & 255)]!;
    a2 |= NATIVE_TABLES[3936 + ((w >>> 16) & 255)]!;
    a3 |= NATIVE_TABLES[5696 + (w & 15)]!;
    a3 |= NATIVE_TABLES[5712 + ((w >>> 20) & 15)]!;
    a3 |= NATIVE_TABLES[5728 + ((w >>> 24) & 15)]!;
    a4 |= NATIVE_TABLES[6992 + (w & 15)]!;
    a4 |= NATIVE_TABLES[7008 + ((w >>> 24) & 15)]!;
    w = rows[r + 7]!;
    a1 |= NATIVE_TABLES[3232 + ((w >>> 16) & 15)]!;
    a2 |= NATIVE_TABLES[4192 + (w & 15)]!;
    a2 |= NATIVE_TABLES[4208 + ((w >>> 8) & 255)]!;
    a2 |= NATIVE_TABLES[4464 + ((w >>> 20) & 15)]!;
    a2 |= NATIVE_TABLES[4480 + ((w >>> 24) & 15)]!;
    w = rows[r + 8]!;
    a1 |= NATIVE_TABLES[3248 + (w & 15)]!;
    a1 |= NATIVE_TABLES[3264 + ((w >>> 16) & 255)]!;
    a1 |= NATIVE_TABLES[3520 + ((w >>> 24) & 15)]!;
    a3 |= NATIVE_TABLES[5744 + (w >>> 28)]!;
    w = rows[r + 9]!;
    a1 |= NATIVE_TABLES[3536 + ((w >>> 24) & 15)]!;
    a2 |= NATIVE_TABLES[4496 + (w & 255)]!;
    a2 |= NATIVE_TABLES[4752 + ((w >>> 16) & 255)]!;
    a2 |= NATIVE_TABLES[5008 + (w >>> 28)]!;
    a3 |= NATIVE_TABLES[5760 + (w & 15)]!;
    a3 |= NATIVE_TABLES[5776 + ((w >>> 8) & 255)]!;
    a3 |= NATIVE_TABLES[6032 + (w >>> 24)]!;
    a4 |= NATIVE_TABLES[7024 + (w >>> 24)]!;
    w = rows[r + 10]!;
    a1 |= NATIVE_TABLES[3552 + ((w >>> 24) & 15)]!;
    a3 |= NATIVE_TABLES[6288 + (w & 15)]!;
    a3 |= NATIVE_TABLES[6304 + (w >>> 28)]!;
    a4 |= NATIVE_TABLES[7280 + ((w >>> 12) & 15)]!;
    w = rows[r + 12]!;
    a0 |= NATIVE_TABLES[304 + ((w >>> 4) & 15)]!;
    a0 |= NATIVE_TABLES[320 + ((w >>> 8) & 255)]!;
    a0 |= NATIVE_TABLES[576 + ((w >>> 16) & 255)]!;
    a0 |= NATIVE_TABLES[832 + (w >>> 28)]!;
    a3 |= NATIVE_TABLES[6320 + ((w >>> 20) & 15)]!;
    w = rows[r + 13]!;
    a0 |= NATIVE_TABLES[848 + (w & 255)]!;
    a0 |= NATIVE_TABLES[1104 + ((w >>> 8) & 255)]!;
    a0 |= NATIVE_TABLES[1360 + ((w >>> 16) & 255)]!;
    a2 |= NATIVE_TABLES[5024 + ((w >>> 20) & 15)]!;
    a2 |= NATIVE_TABLES[5040 + (w >>> 28)]!;
    a4 |= NATIVE_TABLES[7296 + ((w >>> 16) & 15)]!;
    w = rows[r + 14]!;
    a0 |= NATIVE_TABLES[1616 + (w & 255)]!;
    a0 |= NATIVE_TABLES[1872 + ((w >>> 8) & 255)]!;
    a0 |= NATIVE_TABLES[2128 + ((w >>> 16) & 255)]!;
    a0 |= NATIVE_TABLES[2384 + (w >>> 24)]!;
    a2 |= NATIVE_TABLES[5056 + (w & 15)]!;
    a3 |= NATIVE_TABLES[6336 + ((w >>> 20) & 15)]!;
    w = rows[r + 15]!;
    a0 |= NATIVE_TABLES[2640 + ((w >>> 4) & 15)]!;
    a2 |= NATIVE_TABLES[5072 + (w & 15)]!;
    a2 |= NATIVE_TABLES[5088 + ((w >>> 12) & 15)]!;
    a2 |= NATIVE_TABLES[5104 + ((w >>> 16) & 255)]!;
    a3 |= NATIVE_TABLES[6352 + ((w >>> 12) & 15)]!;
    a4 |= NATIVE_TABLES[7312 + (w >>> 28)]!;
    w = rows[r + 16]!;
    a0 |= NATIVE_TABLES[2656 + ((w >>> 8) & 255)]!;
    a2 |= NATIVE_TABLES[5360 + (w & 255)]!;
    a3 |= NATIVE_TABLES[6368 + ((w >>> 16) & 255)]!;
    w = rows[r + 17]!;
    a1 |= NATIVE_TABLES[3568 + ((w >>> 20) & 15)]!;
    a3 |= NATIVE_TABLES[6624 + ((w >>> 16) & 255)]!;
    a3 |= NATIVE_TABLES[6880 + ((w >>> 24) & 15)]!;
    a4 |= NATIVE_TABLES[7328 + ((w >>> 24) & 15)]!;
    w = rows[r + 18]!;
    a1 |= NATIVE_TABLES[3584 + (w >>> 28)]!;
    a3 |= NATIVE_TABLES[6896 + ((w >>> 4) & 15)]!;
    a4 |= NATIVE_TABLES[7344 + ((w >>> 16) & 15)]!;
    w = rows[r + 21]!;
    a2 |= NATIVE_TABLES[5616 + (w >>> 28)]!;
    w = rows[r + 23]!;
    a2 |= NATIVE_TABLES[5632 + ((w >>> 12) & 15)]!;
    w = rows[r + 25]!;
    a0 |= NATIVE_TABLES[2912 + (w & 15)]!;
    w = rows[r + 26]!;
    a3 |= NATIVE_TABLES[6912 + ((w >>> 16) & 15)]!;
    out[o] = a0;
    out[o + 1] = a1 & a1_;
    out[o + 2] = a2 & a2_;
    out[o + 3] = a3 & a3_;
    out[o + 4] = a4 & a4_;
    out[o + 5] = 0;
    w = rows[r + 28]! >>> 24;
    if (w === first || w === second) SUSPECTS[suspects++] = i;
    r += 88;
    o += 6;
  }
  return suspects;
}

/** The tables in use. That they are a constant of the module saves a check at each look-up. */
const COMPAT_TABLES = new Int32Array(992);
let compatTablesInUse: Int32Array | undefined;

/** Puts the tables of a kernel to use: what it makes of the bits, one look-up after the other. */
export function useCompatTables(tables: Int32Array): void {
  if (compatTablesInUse === tables) return;
  COMPAT_TABLES.set(tables);
  compatTablesInUse = tables;
}

/**
 * Derives the AArch32 hwcap words of rows. The tables must be in use.
 *
 * @param rows - Rows of 88 words of 32 bits, the low half of a register first.
 * @param out - Takes 4 words of 32 bits a row, the low half of a hwcap word first.
 */
export function deriveCompat(rows: Int32Array, from: number, out: Int32Array, to: number, count: number): void {
  let r = from;
  let o = to;
  for (let i = 0; i < count; i++) {
    let w: number;
    w = rows[r]!;
    let a0_ = COMPAT_TABLES[592 + (w & 15)]!;
    let a0___ = COMPAT_TABLES[640 + (w & 15)]!;
    let a2_ = COMPAT_TABLES[976 + (w & 15)]!;
    w = rows[r + 68]!;
    let a2 = COMPAT_TABLES[656 + ((w >>> 4) & 15)]!;
    a2 |= COMPAT_TABLES[672 + ((w >>> 8) & 255)]!;
    a2 |= COMPAT_TABLES[928 + ((w >>> 16) & 15)]!;
    w = rows[r + 72]!;
    let a0 = COMPAT_TABLES[(w >>> 4) & 15]!;
    a0 |= COMPAT_TABLES[16 + ((w >>> 8) & 15)]!;
    a0 |= COMPAT_TABLES[32 + ((w >>> 20) & 15)]!;
    a0 |= COMPAT_TABLES[48 + ((w >>> 24) & 15)]!;
    a2 |= COMPAT_TABLES[944 + ((w >>> 12) & 15)]!;
    w = rows[r + 74]!;
    a0 |= COMPAT_TABLES[64 + ((w >>> 8) & 15)]!;
    w = rows[r + 76]!;
    a0 |= COMPAT_TABLES[80 + ((w >>> 16) & 255)]!;
    a0 |= COMPAT_TABLES[336 + (w >>> 24)]!;
    a0_ |= COMPAT_TABLES[608 + ((w >>> 12) & 15)]!;
    let a0__ = COMPAT_TABLES[624 + ((w >>> 8) & 15)]!;
    w = rows[r + 80]!;
    a2 |= COMPAT_TABLES[960 + ((w >>> 4) & 15)]!;
    out[o] = a0 & a0_ & a0__ & a0___;
    out[o + 1] = 0;
    out[o + 2] = a2 & a2_;
    out[o + 3] = 0;
    r += 88;
    o += 4;
  }
}

/** Puts those registers of a CPU into a row that hwcaps follow from; a register that is absent reads as zero. */
export function fillNative(registers: RegisterFile, row: BigUint64Array): void {
  row[0] = registers.ID_AA64PFR0_EL1 ?? 0n;
  row[1] = registers.ID_AA64PFR1_EL1 ?? 0n;
  row[2] = registers.ID_AA64PFR2_EL1 ?? 0n;
  row[3] = registers.ID_AA64ZFR0_EL1 ?? 0n;
  row[4] = registers.ID_AA64SMFR0_EL1 ?? 0n;
  row[5] = registers.ID_AA64FPFR0_EL1 ?? 0n;
  row[6] = registers.ID_AA64ISAR0_EL1 ?? 0n;
  row[7] = registers.ID_AA64ISAR1_EL1 ?? 0n;
  row[8] = registers.ID_AA64ISAR2_EL1 ?? 0n;
  row[9] = registers.ID_AA64ISAR3_EL1 ?? 0n;
  row[10] = registers.ID_AA64MMFR0_EL1 ?? 0n;
  row[11] = registers.ID_AA64MMFR1_EL1 ?? 0n;
  row[12] = registers.ID_AA64MMFR2_EL1 ?? 0n;
  row[13] = registers.ID_AA64MMFR3_EL1 ?? 0n;
  row[14] = registers.MIDR_EL1 ?? 0n;
  row[15] = registers.REVIDR_EL1 ?? 0n;
}
