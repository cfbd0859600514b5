import { type BitRange, extractField, insertField } from '../bits/field.ts';

/** The parts of MIDR_EL1: who made a core, which one, and in which revision. Each is a plain number. */
export interface Midr {
  /** Who made it, 0 to 0xff: 0x41 is Arm, 0x61 Apple. */
  readonly implementer: number;
  /** The major revision, 0 to 15: the `r` of `r1p2`. */
  readonly variant: number;
  /** 0 to 15. Every AArch64 core has 15, "see the ID registers". */
  readonly architecture: number;
  /** Which core of the implementer, 0 to 0xfff. */
  readonly part: number;
  /** The minor revision, 0 to 15: the `p` of `r1p2`. */
  readonly revision: number;
}

/** Where the parts stand in MIDR_EL1; bits 63 to 32 are RES0. */
const MIDR_FIELDS: Readonly<Record<keyof Midr, BitRange>> = {
  implementer: { msb: 31, lsb: 24 },
  variant: { msb: 23, lsb: 20 },
  architecture: { msb: 19, lsb: 16 },
  part: { msb: 15, lsb: 4 },
  revision: { msb: 3, lsb: 0 },
};

/**
 * Takes a MIDR_EL1 value apart; the upper 32 bits are ignored.
 *
 * @see Arm ARM DDI 0487, "MIDR_EL1, Main ID Register".
 *
 * @example
 * ```js
 * parseMidr(0x410fd083n).part // → 0xd08
 * ```
 */
export function parseMidr(value: bigint): Midr {
  const read = (name: keyof Midr): number => Number(extractField(value, MIDR_FIELDS[name]));
  return {
    implementer: read('implementer'),
    variant: read('variant'),
    architecture: read('architecture'),
    part: read('part'),
    revision: read('revision'),
  };
}

/**
 * Implementer and part of a MIDR_EL1, where they stand there: what makes a core, whatever its revision.
 *
 * @example
 * ```js
 * coreKey(0x410fd083n) // → 0x4100d080n
 * ```
 */
export function coreKey(midr: bigint): bigint {
  return midr & 0xff00_fff0n;
}

/**
 * Puts a MIDR_EL1 value together. A part wider than its field is cut to it; without `architecture` it is 15.
 *
 * @example
 * ```js
 * composeMidr({ implementer: 0x41, variant: 0, part: 0xd08, revision: 3 }) // → 0x410fd083n
 * ```
 */
export function composeMidr(parts: Omit<Midr, 'architecture'> & Partial<Pick<Midr, 'architecture'>>): bigint {
  const full: Midr = { architecture: 15, ...parts };
  let value = 0n;
  for (const name of ['implementer', 'variant', 'architecture', 'part', 'revision'] as const) {
    value = insertField(value, MIDR_FIELDS[name], BigInt(full[name]));
  }
  return value;
}

/**
 * Writes variant and revision as Arm's documents do: `r1p2`.
 *
 * @example
 * ```js
 * formatRevision(parseMidr(0x410fd083n)) // → 'r0p3'
 * ```
 */
export function formatRevision({ variant, revision }: Pick<Midr, 'variant' | 'revision'>): string {
  return `r${variant}p${revision}`;
}
