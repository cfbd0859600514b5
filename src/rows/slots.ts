import type { Condition, HwcapVector } from '../linux/release/rows.ts';
import { type ClauseContext, clausesOf, type NibbleTest } from './clauses.ts';

/** The words that a deriver fills, as pairs of 32 bits, the low one first: AT_HWCAP, AT_HWCAP2, AT_HWCAP3. */
export const HALF_OF: Readonly<Record<HwcapVector, number>> = { AT_HWCAP: 0, AT_HWCAP2: 2, AT_HWCAP3: 4 };

/** The words of 32 bits that the hwcaps of a system take. */
export const HWCAP_HALVES = 6;
/** The same of AArch32. */
export const COMPAT_HALVES = 4;

/** A bit that is to be derived. */
export interface CompiledRule {
  readonly vector: HwcapVector;
  readonly bit: number;
  readonly when: Condition;
}

/** The capability without which no program runs in AArch32, by both of its names. */
export const RUNS_AARCH32: readonly string[] = ['HAS_32BIT_EL0', 'HAS_32BIT_EL0_DO_NOT_USE'];

/** A rule about AArch32 that holds only where programs run in AArch32. */
export function compatRule<T extends CompiledRule>(rule: T): T {
  return { ...rule, when: { all: [rule.when, { any: RUNS_AARCH32.map((cpucap) => ({ cpucap })) }] } };
}

/** A test and the bit that it speaks for. */
export interface PlacedTest extends NibbleTest {
  /** The 32-bit word of the result, 0 to 5. */
  readonly half: number;
  /** The bit in that word. */
  readonly bit: number;
  /** Which of the clauses of the bit's rule the test belongs to; all must hold. */
  readonly level: number;
}

/** The tests of a rule, each with its place in the result. */
export function placedTests({ vector, bit, when }: CompiledRule, context: ClauseContext): readonly PlacedTest[] {
  const half = HALF_OF[vector] + (bit >> 5);
  return clausesOf(when, context).flatMap((clause, level) => clause.map((test) => ({ ...test, half, bit: bit & 31, level })));
}

/** How many clauses a rule has. */
export function levelsOf({ when }: CompiledRule, context: ClauseContext): number {
  return clausesOf(when, context).length;
}
