import type { BootState } from '../../linux/bring-up/boot-state.ts';
import { evaluate, type Facts } from '../../linux/bring-up/evaluate.ts';
import { cpucapNear, gateOptions } from '../../linux/release/history.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import type { Release } from '../../linux/release/release.ts';
import type { Condition, ConditionLeaf, FieldCondition, Gate } from '../../linux/release/rows.ts';
import { askedBy } from '../../linux/rules/judge-rule.ts';
import { judge, leavesAtFault } from '../../logic/judge.ts';
import { foldTree, leavesOf, type SignedLeaf } from '../../logic/tree.ts';
import type { Truth } from '../../logic/truth.ts';

/** Something a condition depends on. `wanted` is false behind a `not`. */
export type Need =
  | { readonly kind: 'field'; readonly condition: FieldCondition; readonly wanted: boolean }
  | { readonly kind: 'option'; readonly option: string; readonly wanted: boolean }
  | { readonly kind: 'cpucap'; readonly name: string; readonly wanted: boolean };

/** What a cpucap depends on besides its configuration, whether or not this kernel has it. */
export function cpucapCondition(name: string, { capabilitiesNamed, release }: KernelModel): Condition | undefined {
  return capabilitiesNamed.get(name)?.[0]?.when ?? cpucapNear(name, release)?.when;
}

function optionNeed(option: string): Need {
  return { kind: 'option', option, wanted: true };
}

/** The options that a row needs, by its gate. */
export function gateNeeds(gate: Gate | undefined): readonly Need[] {
  return gateOptions(gate).map(optionNeed);
}

/** The options that a cpucap needs at a release. */
export function cpucapOptions(name: string, release: Release): readonly Need[] {
  return gateNeeds(cpucapNear(name, release)?.config);
}

/** How the leaves of a tree are chosen of which the needs are asked. */
type Choose = (condition: Condition, wanted: boolean) => readonly SignedLeaf<ConditionLeaf>[];

/** What a leaf depends on: through the cpucap that it names, or what a function asks. */
function leafNeeds(
  { leaf, wanted }: SignedLeaf<ConditionLeaf>,
  model: KernelModel,
  choose: Choose,
  seen: ReadonlySet<string>,
): readonly Need[] {
  const below = (condition: Condition | undefined, within: ReadonlySet<string> = seen): readonly Need[] =>
    condition === undefined ? [] : choose(condition, wanted).flatMap((part) => leafNeeds(part, model, choose, within));
  if ('field' in leaf) return [{ kind: 'field', condition: leaf, wanted }];
  if ('config' in leaf) return [{ kind: 'option', option: leaf.config, wanted }];
  if ('cpucap' in leaf) {
    const { cpucap: name } = leaf;
    const own = seen.has(name) ? [] : below(cpucapCondition(name, model), new Set([...seen, name]));
    return [{ kind: 'cpucap', name, wanted }, ...cpucapOptions(name, model.release), ...own];
  }
  if (!('rule' in leaf)) return [];
  return below(askedBy(leaf));
}

function needsBy(condition: Condition, model: KernelModel, choose: Choose): readonly Need[] {
  return choose(condition, true).flatMap((part) => leafNeeds(part, model, choose, new Set()));
}

function unique(needs: readonly Need[]): readonly Need[] {
  const keys = new Set<string>();
  return needs.filter((need) => {
    const key = JSON.stringify(need);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}

/** All that a condition depends on, through the cpucaps that it names. */
export function needsOf(condition: Condition, model: KernelModel): readonly Need[] {
  const every: Choose = (tree, wanted) =>
    leavesOf<ConditionLeaf>(tree).map((signed) => ({ leaf: signed.leaf, wanted: signed.wanted === wanted }));
  return unique(needsBy(condition, model, every));
}

/**
 * A condition without the ways that a kernel is not built for, where another way is left: what such a way asks besides is not to blame.
 */
function openWays(condition: Condition, { option }: KernelModel): Condition {
  const isClosed = (tree: Condition): boolean =>
    judge(tree, (leaf: ConditionLeaf): Truth => ('config' in leaf ? option(leaf.config) === 'y' : undefined)) === false;
  return foldTree<ConditionLeaf, Condition>(condition, (leaf) => leaf, {
    all: (all) => ({ all }),
    any: (any) => (any.every(isClosed) ? { any } : { any: any.filter((part) => !isClosed(part)) }),
    not: (not) => ({ not }),
  });
}

/** Of all that a condition depends on, what keeps it from holding; nothing if it holds. */
export function faultsOf(condition: Condition, state: BootState, facts: Facts): readonly Need[] {
  const needs = needsBy(condition, state.model, (tree, wanted) =>
    leavesAtFault(openWays(tree, state.model), (leaf: ConditionLeaf) => evaluate(leaf, facts).held, wanted),
  );
  return unique(needs.filter((need) => need.kind !== 'option' || (state.model.option(need.option) === 'y') !== need.wanted));
}
