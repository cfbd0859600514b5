// Generated from spec-data/linux/{hwcaps,sanitised,cpucaps} by `npm run gen`. Do not edit.
import type { RegisterFile } from '../../silicon/machine.ts';
import type { Slot } from '../tables.ts';

/** The look-ups of {@link NATIVE}, in the order of their tables. */
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

/** The look-ups of {@link COMPAT}, in the order of their tables. */
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

/** Derives the hwcap words of rows. */
class NativeDeriver {
  /** The tables in use, one look-up after the other. */
  declare readonly tables: Int32Array;
  /** The rows, counted from the first of a call, whose implementer has errata. */
  declare readonly suspected: Int32Array;
  #inUse: Int32Array | undefined;

  static {
    Object.defineProperty(this.prototype, 'tables', { value: new Int32Array(7392) });
    Object.defineProperty(this.prototype, 'suspected', { value: new Int32Array(256) });
  }

  /** Puts the tables of a kernel to use: what it makes of the bits. */
  use(tables: Int32Array): void {
    if (this.#inUse === tables) return;
    this.tables.set(tables);
    this.#inUse = tables;
  }

  /**
   * Derives the hwcap words of rows. The tables must be in use.
   *
   * @param rows - Rows of 88 words of 32 bits, the low half of a register first.
   * @param out - Takes 6 words of 32 bits a row, the low half of a hwcap word first.
   * @param count - At most 256.
   * @param first - An implementer with errata; -1 for none.
   * @param second - Another one, or the same.
   * @returns How many rows are noted in {@link suspected}.
   */
  derive(rows: Int32Array, from: number, out: Int32Array, to: number, count: number, first: number, second: number): number {
    const { tables, suspected } = this;
    let r = from;
    let o = to;
    let suspects = 0;
    for (let i = 0; i < count; i++) {
      const w0 = rows[r]!;
      const w1 = rows[(r + 1) | 0]!;
      const w2 = rows[(r + 2) | 0]!;
      const w3 = rows[(r + 3) | 0]!;
      const w4 = rows[(r + 4) | 0]!;
      const w5 = rows[(r + 5) | 0]!;
      const w6 = rows[(r + 6) | 0]!;
      const w7 = rows[(r + 7) | 0]!;
      const w8 = rows[(r + 8) | 0]!;
      const w9 = rows[(r + 9) | 0]!;
      const w10 = rows[(r + 10) | 0]!;
      const w12 = rows[(r + 12) | 0]!;
      const w13 = rows[(r + 13) | 0]!;
      const w14 = rows[(r + 14) | 0]!;
      const w15 = rows[(r + 15) | 0]!;
      const w16 = rows[(r + 16) | 0]!;
      const w17 = rows[(r + 17) | 0]!;
      const w18 = rows[(r + 18) | 0]!;
      const w21 = rows[(r + 21) | 0]!;
      const w23 = rows[(r + 23) | 0]!;
      const w25 = rows[(r + 25) | 0]!;
      const w26 = rows[(r + 26) | 0]!;
      out[o] = tables[(w0 >>> 16) & 255]! | tables[256 + (w1 & 15)]! | tables[272 + ((w1 >>> 16) & 15)]! | tables[288 + ((w2 >>> 4) & 15)]! | tables[304 + ((w12 >>> 4) & 15)]! | tables[320 + ((w12 >>> 8) & 255)]!;
      out[o]! |= tables[576 + ((w12 >>> 16) & 255)]! | tables[832 + (w12 >>> 28)]! | tables[848 + (w13 & 255)]! | tables[1104 + ((w13 >>> 8) & 255)]! | tables[1360 + ((w13 >>> 16) & 255)]! | tables[1616 + (w14 & 255)]!;
      out[o]! |= tables[1872 + ((w14 >>> 8) & 255)]! | tables[2128 + ((w14 >>> 16) & 255)]! | tables[2384 + (w14 >>> 24)]! | tables[2640 + ((w15 >>> 4) & 15)]! | tables[2656 + ((w16 >>> 8) & 255)]! | tables[2912 + (w25 & 15)]!;
      out[(o + 1) | 0] = tables[2928 + ((w3 >>> 12) & 15)]! | tables[2944 + (w6 & 255)]! | tables[3200 + ((w6 >>> 12) & 15)]! | tables[3216 + ((w6 >>> 24) & 15)]! | tables[3232 + ((w7 >>> 16) & 15)]! | tables[3248 + (w8 & 15)]!;
      out[(o + 1) | 0]! |= tables[3264 + ((w8 >>> 16) & 255)]! | tables[3520 + ((w8 >>> 24) & 15)]! | tables[3536 + ((w9 >>> 24) & 15)]! | tables[3552 + ((w10 >>> 24) & 15)]! | tables[3568 + ((w17 >>> 20) & 15)]! | tables[3584 + (w18 >>> 28)]!;
      out[(o + 1) | 0]! &= tables[3600 + (w1 & 15)]! | tables[3616 + ((w2 >>> 24) & 15)]!;
      out[(o + 2) | 0] = tables[3632 + (w2 & 15)]! | tables[3648 + ((w2 >>> 8) & 15)]! | tables[3664 + ((w2 >>> 24) & 15)]! | tables[3680 + (w6 & 255)]! | tables[3936 + ((w6 >>> 16) & 255)]! | tables[4192 + (w7 & 15)]!;
      out[(o + 2) | 0]! |= tables[4208 + ((w7 >>> 8) & 255)]! | tables[4464 + ((w7 >>> 20) & 15)]! | tables[4480 + ((w7 >>> 24) & 15)]! | tables[4496 + (w9 & 255)]! | tables[4752 + ((w9 >>> 16) & 255)]! | tables[5008 + (w9 >>> 28)]!;
      out[(o + 2) | 0]! |= tables[5024 + ((w13 >>> 20) & 15)]! | tables[5040 + (w13 >>> 28)]! | tables[5056 + (w14 & 15)]! | tables[5072 + (w15 & 15)]! | tables[5088 + ((w15 >>> 12) & 15)]! | tables[5104 + ((w15 >>> 16) & 255)]!;
      out[(o + 2) | 0]! |= tables[5360 + (w16 & 255)]! | tables[5616 + (w21 >>> 28)]! | tables[5632 + ((w23 >>> 12) & 15)]!;
      out[(o + 2) | 0]! &= tables[5648 + (w1 & 15)]! | tables[5664 + ((w2 >>> 24) & 15)]!;
      out[(o + 3) | 0] = tables[5680 + (w5 & 15)]! | tables[5696 + (w6 & 15)]! | tables[5712 + ((w6 >>> 20) & 15)]! | tables[5728 + ((w6 >>> 24) & 15)]! | tables[5744 + (w8 >>> 28)]! | tables[5760 + (w9 & 15)]!;
      out[(o + 3) | 0]! |= tables[5776 + ((w9 >>> 8) & 255)]! | tables[6032 + (w9 >>> 24)]! | tables[6288 + (w10 & 15)]! | tables[6304 + (w10 >>> 28)]! | tables[6320 + ((w12 >>> 20) & 15)]! | tables[6336 + ((w14 >>> 20) & 15)]!;
      out[(o + 3) | 0]! |= tables[6352 + ((w15 >>> 12) & 15)]! | tables[6368 + ((w16 >>> 16) & 255)]! | tables[6624 + ((w17 >>> 16) & 255)]! | tables[6880 + ((w17 >>> 24) & 15)]! | tables[6896 + ((w18 >>> 4) & 15)]! | tables[6912 + ((w26 >>> 16) & 15)]!;
      out[(o + 3) | 0]! &= tables[6928 + (w1 & 15)]! | tables[6944 + ((w2 >>> 24) & 15)]!;
      out[(o + 4) | 0] = tables[6960 + ((w4 >>> 4) & 15)]! | tables[6976 + ((w4 >>> 8) & 15)]! | tables[6992 + (w6 & 15)]! | tables[7008 + ((w6 >>> 24) & 15)]! | tables[7024 + (w9 >>> 24)]! | tables[7280 + ((w10 >>> 12) & 15)]!;
      out[(o + 4) | 0]! |= tables[7296 + ((w13 >>> 16) & 15)]! | tables[7312 + (w15 >>> 28)]! | tables[7328 + ((w17 >>> 24) & 15)]! | tables[7344 + ((w18 >>> 16) & 15)]!;
      out[(o + 4) | 0]! &= tables[7360 + (w1 & 15)]! | tables[7376 + ((w2 >>> 24) & 15)]!;
      out[(o + 5) | 0] = 0;
      const named = rows[(r + 28) | 0]! >>> 24;
      if (named === first || named === second) suspected[suspects++] = i;
      r += 88;
      o += 6;
    }
    return suspects;
  }
}

/** Derives the hwcap words of rows. */
export const NATIVE: NativeDeriver = new NativeDeriver();

/** Derives the AArch32 hwcap words of rows. */
class CompatDeriver {
  /** The tables in use, one look-up after the other. */
  declare readonly tables: Int32Array;
  #inUse: Int32Array | undefined;

  static {
    Object.defineProperty(this.prototype, 'tables', { value: new Int32Array(992) });
  }

  /** Puts the tables of a kernel to use: what it makes of the bits. */
  use(tables: Int32Array): void {
    if (this.#inUse === tables) return;
    this.tables.set(tables);
    this.#inUse = tables;
  }

  /**
   * Derives the AArch32 hwcap words of rows. The tables must be in use.
   *
   * @param rows - Rows of 88 words of 32 bits, the low half of a register first.
   * @param out - Takes 4 words of 32 bits a row, the low half of a hwcap word first.
   */
  derive(rows: Int32Array, from: number, out: Int32Array, to: number, count: number): void {
    const { tables } = this;
    let r = from;
    let o = to;
    for (let i = 0; i < count; i++) {
      const w0 = rows[r]!;
      const w68 = rows[(r + 68) | 0]!;
      const w72 = rows[(r + 72) | 0]!;
      const w74 = rows[(r + 74) | 0]!;
      const w76 = rows[(r + 76) | 0]!;
      const w80 = rows[(r + 80) | 0]!;
      out[o] = tables[(w72 >>> 4) & 15]! | tables[16 + ((w72 >>> 8) & 15)]! | tables[32 + ((w72 >>> 20) & 15)]! | tables[48 + ((w72 >>> 24) & 15)]! | tables[64 + ((w74 >>> 8) & 15)]! | tables[80 + ((w76 >>> 16) & 255)]!;
      out[o]! |= tables[336 + (w76 >>> 24)]!;
      out[o]! &= tables[592 + (w0 & 15)]! | tables[608 + ((w76 >>> 12) & 15)]!;
      out[o]! &= tables[624 + ((w76 >>> 8) & 15)]!;
      out[o]! &= tables[640 + (w0 & 15)]!;
      out[(o + 1) | 0] = 0;
      out[(o + 2) | 0] = tables[656 + ((w68 >>> 4) & 15)]! | tables[672 + ((w68 >>> 8) & 255)]! | tables[928 + ((w68 >>> 16) & 15)]! | tables[944 + ((w72 >>> 12) & 15)]! | tables[960 + ((w80 >>> 4) & 15)]!;
      out[(o + 2) | 0]! &= tables[976 + (w0 & 15)]!;
      out[(o + 3) | 0] = 0;
      r += 88;
      o += 4;
    }
  }
}

/** Derives the AArch32 hwcap words of rows. */
export const COMPAT: CompatDeriver = new CompatDeriver();

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
