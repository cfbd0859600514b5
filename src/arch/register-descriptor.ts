import type { BitRange, FieldSign } from '../bits/field.ts';
import type { ArchFeatureName, RegisterName } from './generated/names.ts';

/** What one value of a field says. */
export interface FieldValue {
  /** A short name, such as `LRCPC2`, `NI` (not implemented) or `IMP` (implemented); absent if there is none in use. */
  readonly name?: string;
  /** A phrase. */
  readonly meaning: string;
}

/** What a span of a field's values says, for fields that hold a number. */
export interface FieldValueRange {
  /** The lowest value, unsigned. */
  readonly from: number;
  /** The highest value, unsigned; absent: up to the field's width. */
  readonly to?: number;
  readonly meaning: string;
}

/** One of two layouts of the same register: `ccidx` with FEAT_CCIDX, `legacy` without. */
export type RegisterVariant = 'legacy' | 'ccidx';

/** One named field. RES0 and RES1 ranges have no descriptor. */
export interface FieldDescriptor extends BitRange {
  /** The Arm ARM's spelling, e.g. `AdvSIMD`. */
  readonly name: string;
  /** Whether `0b1111` compares as 15 or as -1. */
  readonly sign: FieldSign;
  /** `enum`: values have meanings; `number`: a count or a code; `impdef`: up to the implementer. */
  readonly kind: 'enum' | 'number' | 'impdef';
  readonly description: string;
  /** The layout that has this field; absent: the register has one layout. */
  readonly variant?: RegisterVariant;
  /** Meanings by unsigned value in decimal; a value that is not listed is reserved. */
  readonly values?: Readonly<Record<string, FieldValue>>;
  /** Meanings of spans of values. */
  readonly ranges?: readonly FieldValueRange[];
  /** Architecture features that are there from this value on, in the field's own order (unsigned value in decimal). */
  readonly implements?: Readonly<Record<string, readonly ArchFeatureName[]>>;
  /** Architecture features that are there at this value, but not above it. */
  readonly implementsOnlyAt?: Readonly<Record<string, readonly ArchFeatureName[]>>;
  /** The value of an unsigned field that stands outside the order: 15 in `PMUVer` is not the architected PMU. */
  readonly notImplementedValue?: number;
}

/** One system register. */
export interface RegisterDescriptor {
  /** Arm's spelling, e.g. `ID_AA64PFR0_EL1`. */
  readonly name: RegisterName;
  readonly longName: string;
  /** What it tells: which core, which features, the same for AArch32 (views that are unknown without AArch32), the caches. */
  readonly group: 'identity' | 'feature' | 'aarch32-view' | 'cache';
  readonly access: 'RO' | 'RW';
  /** From the top bit to bit 0 within each variant. */
  readonly fields: readonly FieldDescriptor[];
}
