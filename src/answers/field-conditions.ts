import type { Condition, ConditionLeaf, FieldCondition } from '../linux/release/rows.ts';
import { leavesOf } from '../logic/tree.ts';

/** The comparisons with fields in a condition, from left to right; those behind a `not` are left out. */
export function fieldConditionsOf(condition: Condition): readonly FieldCondition[] {
  return leavesOf<ConditionLeaf>(condition).flatMap(({ leaf, wanted }): readonly FieldCondition[] => {
    if (!wanted) return [];
    if ('field' in leaf) return [leaf];
    return 'rule' in leaf && leaf.of !== undefined ? fieldConditionsOf(leaf.of) : [];
  });
}
