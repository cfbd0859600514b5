import { fieldPlace } from '../linux/bring-up/evaluate.ts';
import type { Condition, ConditionLeaf, FieldCondition } from '../linux/release/rows.ts';
import { foldTree, type Joining } from '../logic/tree.ts';

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

function notCompiled(part: object): never {
  throw new Error(`conditions of this kind are not compiled: ${Object.keys(part)[0]}`);
}

const CONJOINED: Joining<ConditionLeaf, readonly Clause[]> = {
  all: (parts) => parts.flat(),
  any: (parts) => parts.reduce(either, NEVER),
  not: (_, node) => notCompiled(node),
};

function conjunction(condition: Condition, context: ClauseContext, ofCapability: boolean): readonly Clause[] {
  const leafClauses = (leaf: ConditionLeaf): readonly Clause[] => {
    if ('field' in leaf) return [[nibbleTest(leaf, ofCapability)]];
    if ('config' in leaf) return context.option(leaf.config) ? [] : NEVER;
    if (!('cpucap' in leaf)) return notCompiled(leaf);
    const behind = context.cpucap(leaf.cpucap);
    return behind === undefined ? NEVER : conjunction(behind, context, true);
  };
  return foldTree(condition, leafClauses, CONJOINED);
}

/** One or the other: every clause of the one with every clause of the other. */
function either(a: readonly Clause[], b: readonly Clause[]): readonly Clause[] {
  return a.flatMap((left) => b.map((right) => [...left, ...right]));
}
