import { conjunction, disjunction, foldTree, leavesOf, negation } from '../../logic/tree.ts';
import { allOf, type Truth } from '../../logic/truth.ts';
import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { evaluate, type Facts, type Outcome, verdictOn } from '../bring-up/evaluate.ts';
import type { Scope } from '../release/capability.ts';
import type { Condition, ConditionLeaf, RuleCondition } from '../release/rows.ts';
import { AUTHENTICATION_RULES } from './authentication.ts';
import { CACHE_RULES } from './cache.ts';
import { ERRATUM_RULES } from './errata.ts';
import { FEATURE_RULES } from './features.ts';
import { GIC_RULES } from './gic.ts';
import { KPTI_RULES } from './kpti.ts';
import { OWN, type Rule } from './rule.ts';
import { SPECTRE_RULES } from './spectre.ts';
import { VIRTUALISATION_RULES } from './virtualisation.ts';

/** The rules, by the name of the kernel's function; facts on which these hang, by a name of ours with hyphens. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...AUTHENTICATION_RULES,
  ...CACHE_RULES,
  ...ERRATUM_RULES,
  ...FEATURE_RULES,
  ...GIC_RULES,
  ...KPTI_RULES,
  ...SPECTRE_RULES,
  ...VIRTUALISATION_RULES,
};

function isOwn(leaf: ConditionLeaf): boolean {
  return 'rule' in leaf && leaf.rule === OWN.rule;
}

const NEVER: Condition = { any: [] };

/** Whether a rule has nothing but a function, which may look at what its capability carries besides. */
function isFact(name: string): boolean {
  const { asks, judge } = RULES[name]!;
  return asks === undefined && judge !== undefined;
}

/** What stands in the place of a leaf of what a rule asks; a list of no cores holds for none. */
function placed(leaf: ConditionLeaf, of: Condition | undefined): Condition {
  if (isOwn(leaf)) return of === undefined || ('midr' in of && of.midr.length === 0) ? NEVER : of;
  return of !== undefined && 'rule' in leaf && leaf.of === undefined && isFact(leaf.rule) ? { ...leaf, of } : leaf;
}

/**
 * All that a rule asks, with what its capability carries besides in its place; `undefined` for one that only words describe, or that
 * asks for a list of cores, which hangs on the kernel. A fact that it hangs on is asked about the same capability.
 */
export function askedBy({ rule, of }: RuleCondition): Condition | undefined {
  if (isFact(rule) || RULES[rule]!.list !== undefined) return undefined;
  const tree: Condition = RULES[rule]!.asks ?? { all: [] };
  const whole = leavesOf<ConditionLeaf>(tree).some(({ leaf }) => isOwn(leaf)) || of === undefined ? tree : { all: [tree, OWN] };
  return foldTree<ConditionLeaf, Condition>(whole, (leaf) => placed(leaf, of), { all: conjunction, any: disjunction, not: negation });
}

/** Whether a condition hangs on what no register says, such as the command line or what firmware did. */
export function hangsBeside(condition: Condition): boolean {
  return leavesOf<ConditionLeaf>(condition).some(({ leaf }) => {
    const { asks, cmdline, reads, judge } = ('rule' in leaf && RULES[leaf.rule]) || {};
    return cmdline || (asks ? hangsBeside(asks) : judge && !reads);
  });
}

/** Lists at which a function looks although no condition names them. */
const LOOKED_AT: Readonly<Record<string, string>> = { has_hw_dbm: 'broken-dirty-bit' };

/** The lists of cores by which a condition is judged, through the rules that it names, as far as they are known. */
export function listsJudgedBy(condition: Condition): readonly string[] {
  return leavesOf<ConditionLeaf>(condition).flatMap(({ leaf }) => {
    if (!('rule' in leaf)) return [];
    const { asks, list = LOOKED_AT[leaf.rule] } = RULES[leaf.rule] ?? {};
    return [...(list === undefined ? [] : [list]), ...(asks === undefined ? [] : listsJudgedBy(asks))];
  });
}

/** Judges a rule by name. The names come from spec-data, where a test checks that each is known. */
export function judgeRule(name: string, state: BootState, scope: Scope, cpu: CpuRegisters, facts: Facts, of: Condition | undefined): Truth {
  const { asks, list, ofSystem, judge } = RULES[name]!;
  if (list !== undefined) return verdictOn(state.model.coreLists.get(list)!, facts);
  const isHeld = (): Truth => of === undefined || verdictOn(of, facts);
  if (judge !== undefined) return state.judge(() => judge({ state, scope, cpu, facts, of, held: () => state.reader.decide(isHeld()) }));
  return allOf([asks === undefined || verdictOn(asks, ofSystem ? state.system : facts), isHeld()]);
}

/** Judges what a rule asks, part by part; `undefined` for one that only words describe. */
export function explainRule(condition: RuleCondition, state: BootState, facts: Facts): Outcome | undefined {
  const { list, ofSystem } = RULES[condition.rule]!;
  const asked = list === undefined ? askedBy(condition) : state.model.coreLists.get(list);
  return asked && evaluate(asked, ofSystem ? state.system : facts);
}
