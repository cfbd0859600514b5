import { BOOT as BOOT_ROW, isBootRow } from './generated/boot-row.ts';
import { AARCH32_FROM, AARCH32_TO, ROW_HALVES, ROW_REGISTERS } from './generated/row-layout.ts';
import type { ColumnMasks, MergeMasks } from './merge-masks.ts';
import { halfOf } from './words.ts';

/** How CPUs are merged, beside the masks. */
export interface MergeRules {
  /** Whether CTR_EL0.IDC counts as set where CLIDR_EL1 asks for no cleaning. */
  readonly effectiveIdc: boolean;
  /** Whether the boot CPU fills the registers of AArch32 even if it does not run AArch32 programs. */
  readonly initialisesAArch32: boolean;
  /** When another CPU is merged into them: always, if it runs AArch32 programs, if the system does too, if the system does. */
  readonly updatesAArch32: 'always' | 'cpu-el0' | 'cpu-and-system-el0' | 'system-el0';
}

/**
 * The words of 32 bits that say how a half of a register is merged. Groups of four bits stand in the low half of bytes; `_LOW` and
 * `_HIGH` are those that stood in the low and in the high half.
 */
const [COVERED, RARE, SIGN_LOW, SIGN_HIGH, LOWER_LOW, LOWER_HIGH] = [0, 1, 2, 3, 4, 5] as const;
const [RARE_LOW, RARE_HIGH, BITS, SAFE, WIDE] = [6, 10, 14, 15, 16] as const;
/** Behind `RARE_LOW` and `RARE_HIGH`. */
const [HIGHER, HIGHER_OR_ZERO, EXACT, EXACT_SAFE] = [0, 1, 2, 3] as const;
const STRIDE = 17;

// What is imported is no constant to V8; what is copied here is.
const BOOT = BOOT_ROW;
const HALVES = ROW_HALVES;
const AARCH64_END = AARCH32_FROM * 2;
const AARCH32_END = AARCH32_TO * 2;

const CTR = ROW_REGISTERS.indexOf('CTR_EL0') * 2;
const CLIDR = ROW_REGISTERS.indexOf('CLIDR_EL1') * 2;
const PFR0 = ROW_REGISTERS.indexOf('ID_AA64PFR0_EL1') * 2;
const IDC = 1 << 28;
const NIBBLES = 0x0f0f_0f0f;
/** The bit above each group of four. */
const CARRIES = 0x1010_1010;
const ONES = 0x0101_0101;

/** The masks in use, and a system on its way. That they are constants of the module saves checks. */
const MASKS = new Int32Array(HALVES * STRIDE);
const SYSTEM = new Int32Array(HALVES);
const ZEROS = new Int32Array(HALVES);
let masksInUse: Int32Array | undefined;

function packHalf(masks: ColumnMasks, half: number): readonly number[] {
  const low = (name: keyof ColumnMasks): number => halfOf(masks[name], half) & NIBBLES;
  const high = (name: keyof ColumnMasks): number => (halfOf(masks[name], half) >>> 4) & NIBBLES;
  const rare = (part: (name: keyof ColumnMasks) => number): readonly number[] => [
    part('higher'),
    part('higherOrZero'),
    part('exact'),
    part('safe'),
  ];
  const whole = (name: keyof ColumnMasks): number => halfOf(masks[name], half);
  return [
    whole('covered'),
    whole('rare'),
    low('signed'),
    high('signed'),
    low('lower'),
    high('lower'),
    ...rare(low),
    ...rare(high),
    whole('bits'),
    whole('safe'),
    whole('wide'),
  ];
}

function packMasks({ columns }: MergeMasks): Int32Array {
  const packed = new Int32Array(HALVES * STRIDE);
  columns.forEach((masks, column) => {
    if (masks !== undefined) for (const half of [0, 1]) packed.set(packHalf(masks, half), (column * 2 + half) * STRIDE);
  });
  return packed;
}

/** The lower of each two groups of four bits, by unsigned comparison. */
function lowerNibbles(x: number, y: number): number {
  // The carry stays where x is not below y.
  const notBelow = (((x | CARRIES) - y) >>> 4) & ONES;
  return x ^ ((x ^ y) & ((notBelow << 4) - notBelow));
}

/** Groups of four bits that are merged by other rules than "the lower one". `m` is where their masks stand. */
function rareNibbles(a: number, b: number, sign: number, m: number): number {
  const [x, y] = [a ^ sign, b ^ sign];
  const higher = x ^ y ^ lowerNibbles(x, y) ^ sign;
  const both = (((a + NIBBLES) & (b + NIBBLES) & CARRIES) >>> 4) * 15;
  const differs = ((((a ^ b) + NIBBLES) & CARRIES) >>> 4) * 15;
  return (
    (higher & MASKS[m + HIGHER]!) |
    (higher & both & MASKS[m + HIGHER_OR_ZERO]!) |
    ((a ^ ((a ^ MASKS[m + EXACT_SAFE]!) & differs)) & MASKS[m + EXACT]!)
  );
}

/** Merges half a register; what wide fields come to is left to {@link Merger}. */
function mergeHalf(a: number, own: number, m: number): number {
  const b = own & MASKS[m + COVERED]!;
  if (a === b) return a;
  const [signLow, signHigh] = [MASKS[m + SIGN_LOW]!, MASKS[m + SIGN_HIGH]!];
  const [aLow, bLow] = [a & NIBBLES, b & NIBBLES];
  const [aHigh, bHigh] = [(a >>> 4) & NIBBLES, (b >>> 4) & NIBBLES];
  const low = (lowerNibbles(aLow ^ signLow, bLow ^ signLow) ^ signLow) & MASKS[m + LOWER_LOW]!;
  const high = (lowerNibbles(aHigh ^ signHigh, bHigh ^ signHigh) ^ signHigh) & MASKS[m + LOWER_HIGH]!;
  const merged = low | (high << 4);
  if (MASKS[m + RARE]! === 0) return merged;
  const rare = rareNibbles(aLow, bLow, signLow, m + RARE_LOW) | (rareNibbles(aHigh, bHigh, signHigh, m + RARE_HIGH) << 4);
  const bits = ((a & b) | ((a ^ b) & MASKS[m + SAFE]!)) & MASKS[m + BITS]!;
  return merged | rare | bits | (a & MASKS[m + WIDE]!);
}

/** CTR_EL0 as the kernel reads it. */
function effectiveCtr(rows: Int32Array, row: number, effectiveIdc: boolean): number {
  const ctr = rows[row + CTR]!;
  if (!effectiveIdc || (ctr & IDC) !== 0) return ctr;
  const clidr = rows[row + CLIDR]!;
  const level = (shift: number): number => (clidr >>> shift) & 7;
  return level(24) === 0 || (level(21) === 0 && level(27) === 0) ? ctr | IDC : ctr;
}

function has32BitEl0(rows: Int32Array, row: number): boolean {
  return (rows[row + PFR0]! & 15) === 2;
}

/** Merges the registers of AArch64 of a CPU into the system. */
function mergeAArch64(rows: Int32Array, cpu: number): void {
  for (let half = 0; half < AARCH64_END; half++) {
    const a = SYSTEM[half]!;
    const b = rows[cpu + half]!;
    if (a !== b) SYSTEM[half] = mergeHalf(a, b, half * STRIDE);
  }
}

/** Merges the registers of AArch32 of a CPU into the system. */
function mergeAArch32(rows: Int32Array, cpu: number): void {
  for (let half = AARCH64_END; half < AARCH32_END; half++) {
    const a = SYSTEM[half]!;
    const b = rows[cpu + half]!;
    if (a !== b) SYSTEM[half] = mergeHalf(a, b, half * STRIDE);
  }
}

/** A wide field as words of 32 bits. */
interface WideHalves {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly safeLow: number;
  readonly safeHigh: number;
}

function mergeWide(wide: readonly WideHalves[], rows: Int32Array, cpu: number): void {
  for (const { at, low, high, safeLow, safeHigh } of wide) {
    const [a, b] = [SYSTEM[at]!, SYSTEM[at + 1]!];
    if ((((a ^ rows[cpu + at]!) & low) | ((b ^ rows[cpu + at + 1]!) & high)) === 0) continue;
    SYSTEM[at] = (a & ~low) | safeLow;
    SYSTEM[at + 1] = (b & ~high) | safeHigh;
  }
}

/** Merges the rows of CPUs into rows of systems, without looking whether a CPU would be refused. */
export class Merger {
  readonly #masks: Int32Array;
  readonly #rules: MergeRules;
  readonly #wide: { readonly aarch64: readonly WideHalves[]; readonly aarch32: readonly WideHalves[]; readonly ctr: readonly WideHalves[] };

  constructor(masks: MergeMasks, rules: MergeRules) {
    this.#masks = packMasks(masks);
    this.#rules = rules;
    const halves = masks.wide.map(({ column, mask, safe }) => ({
      at: column * 2,
      low: halfOf(mask, 0),
      high: halfOf(mask, 1),
      safeLow: halfOf(safe, 0),
      safeHigh: halfOf(safe, 1),
    }));
    this.#wide = {
      aarch64: halves.filter(({ at }) => at < AARCH64_END),
      aarch32: halves.filter(({ at }) => at >= AARCH64_END && at < AARCH32_END),
      ctr: halves.filter(({ at }) => at === CTR),
    };
  }

  #use(): void {
    if (masksInUse === this.#masks) return;
    MASKS.set(this.#masks);
    masksInUse = this.#masks;
  }

  #mergeCtr(own: number): void {
    const ctr = SYSTEM[CTR]!;
    let merged = mergeHalf(ctr, own, CTR * STRIDE);
    for (const { low, safeLow } of this.#wide.ctr) if (((ctr ^ own) & low) !== 0) merged = (merged & ~low) | safeLow;
    SYSTEM[CTR] = merged;
  }

  #mergeAArch32(rows: Int32Array, cpu: number): void {
    const has = has32BitEl0(rows, cpu);
    const { updatesAArch32 } = this.#rules;
    const always = updatesAArch32 === 'always';
    if (!always && updatesAArch32 !== 'cpu-el0' && !has32BitEl0(SYSTEM, 0)) return;
    if (!always && updatesAArch32 !== 'system-el0' && !has) return;
    const [own, at] = has || always ? [rows, cpu] : [ZEROS, 0];
    mergeAArch32(own, at);
    mergeWide(this.#wide.aarch32, own, at);
  }

  /** Takes the boot CPU's row over. */
  #initialise(rows: Int32Array, boot: number): void {
    for (let half = 0; half < HALVES; half++) BOOT[half] = rows[boot + half]!;
    for (let half = 0; half < AARCH32_END; half++) SYSTEM[half] = BOOT[half]! & MASKS[half * STRIDE]!;
    if (!this.#rules.initialisesAArch32 && !has32BitEl0(BOOT, 0)) SYSTEM.fill(0, AARCH64_END, AARCH32_END);
    SYSTEM[CTR] = effectiveCtr(BOOT, 0, this.#rules.effectiveIdc) & MASKS[CTR * STRIDE]!;
    SYSTEM[CTR + 1] = 0;
  }

  /** Merges `count` systems of `cpus` rows each. */
  sanitise(rows: Int32Array, from: number, out: Int32Array, count: number, cpus: number): void {
    this.#use();
    let row = from;
    for (let system = 0; system < count * HALVES; system += HALVES) {
      this.#initialise(rows, row);
      row += HALVES;
      for (let cpu = 1; cpu < cpus; cpu++, row += HALVES) {
        // What equals the boot CPU is merged already.
        if (isBootRow(rows, row)) continue;
        mergeAArch64(rows, row);
        mergeWide(this.#wide.aarch64, rows, row);
        this.#mergeCtr(effectiveCtr(rows, row, this.#rules.effectiveIdc));
        this.#mergeAArch32(rows, row);
      }
      out.set(SYSTEM, system);
    }
  }

  /** Merges one row into another, every register by its rule. CTR_EL0 is taken as it is. */
  mergeRow(system: Int32Array, cpu: Int32Array): void {
    this.#use();
    SYSTEM.set(system);
    mergeAArch64(cpu, 0);
    mergeAArch32(cpu, 0);
    for (const wide of [this.#wide.aarch64, this.#wide.aarch32]) mergeWide(wide, cpu, 0);
    this.#mergeCtr(cpu[CTR]!);
    system.set(SYSTEM);
  }
}
