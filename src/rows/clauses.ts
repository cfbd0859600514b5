import { fieldPlace } from '../linux/bring-up/evaluate.ts';
import type { Condition, FieldCondition } from '../linux/release/rows.ts';

/** A comparison of one field that lies within four bits, the smallest piece that the compiled derivers look up. */
export interface NibbleTest {
  readonly register: string;
  /** Which four bits of the register: 0 = bits 3 to 0, 15 = bits 63 to 60. */
  readonly nibble: number;
  readonly condition: FieldCondition;
  /** Whether the test stands for a capability, which does not ask whether EL0 sees the field. */
  readonly ofCapability: boolean;
}

/** Tests of which one must hold. */
export type Clause = readonly NibbleTest[];

/** Where the names in conditions lead. */
export interface ClauseContext {
  /** What a capability is tested by; `undefined` if the kernel has none of that name. */
  cpucap(name: string): Condition | undefined;
  /** Whether an option is set. */
  option(name: string): boolean;
}

function nibbleTest(condition: FieldCondition, ofCapability: boolean): NibbleTest {
  const { register, lsb, width } = fieldPlace(condition.field);
  const nibble = lsb >> 2;
  if ((lsb + width - 1) >> 2 !== nibble) throw new Error(`${condition.field} lies in more than four bits`);
  return { register, nibble, condition, ofCapability };
}

/**
 * Writes a condition as clauses that must all hold: a conjunction of disjunctions. Those that stand for capabilities come last.
 *
 * @throws {Error} if it depends on anything but fields of four bits, options, and capabilities of such.
 */
export function clausesOf(condition: Condition, context: ClauseContext): readonly Clause[] {
  const clauses = conjunction(condition, context, false);
  const isGate = (clause: Clause): number => Number(clause.some(({ ofCapability }) => ofCapability));
  return [...clauses].sort((a, b) => isGate(a) - isGate(b));
}

const NEVER: readonly Clause[] = [[]];

function conjunction(condition: Condition, context: ClauseContext, ofCapability: boolean): readonly Clause[] {
  if ('field' in condition) return [[nibbleTest(condition, ofCapability)]];
  if ('all' in condition) return condition.all.flatMap((part) => conjunction(part, context, ofCapability));
  if ('any' in condition) return condition.any.map((part) => conjunction(part, context, ofCapability)).reduce(either, NEVER);
  if ('config' in condition) return context.option(condition.config) ? [] : NEVER;
  if ('cpucap' in condition) {
    const behind = context.cpucap(condition.cpucap);
    return behind === undefined ? NEVER : conjunction(behind, context, true);
  }
  throw new Error(`conditions of this kind are not compiled: ${Object.keys(condition)[0]}`);
}

/** One or the other: every clause of the one with every clause of the other. */
function either(a: readonly Clause[], b: readonly Clause[]): readonly Clause[] {
  return a.flatMap((left) => b.map((right) => [...left, ...right]));
}
