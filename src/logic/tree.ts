/** Holds if all its parts do; without parts it always holds. */
export interface All<L extends object> {
  readonly all: readonly Tree<L>[];
}

/** Holds if one of its parts does; without parts it never holds. */
export interface Any<L extends object> {
  readonly any: readonly Tree<L>[];
}

/** Holds if its part does not. */
export interface Not<L extends object> {
  readonly not: Tree<L>;
}

/** A rule as a tree. `L` is what its leaves are: objects without the members `all`, `any` and `not`. */
export type Tree<L extends object> = L | All<L> | Any<L> | Not<L>;

/** How the results of parts become the result of the whole. Each also gets the node it stands for, for results that keep it. */
export interface Joining<L extends object, R> {
  all(parts: readonly R[], node: All<L>): R;
  any(parts: readonly R[], node: Any<L>): R;
  not(part: R, node: Not<L>): R;
}

/**
 * Folds a tree, from its leaves to its root: the one walk over trees there is. A leaf that holds a tree of its own (a rule with a
 * condition, a name that stands for one) folds that in `leaf`.
 *
 * @example
 * ```ts
 * import { foldTree } from './tree.ts';
 *
 * const text = foldTree<{ name: string }, string>({ any: [{ name: 'a' }, { not: { name: 'b' } }] }, ({ name }) => name, {
 *   all: (parts) => `(${parts.join(' and ')})`,
 *   any: (parts) => `(${parts.join(' or ')})`,
 *   not: (part) => `not ${part}`,
 * });
 * text; // '(a or not b)'
 * ```
 */
export function foldTree<L extends object, R>(tree: Tree<L>, leaf: (leaf: L) => R, joining: Joining<L, R>): R {
  if (isAll(tree)) return joining.all(foldParts(tree.all, leaf, joining), tree);
  if (isAny(tree)) return joining.any(foldParts(tree.any, leaf, joining), tree);
  return 'not' in tree ? joining.not(foldTree(tree.not, leaf, joining), tree) : leaf(tree);
}

function foldParts<L extends object, R>(parts: readonly Tree<L>[], leaf: (leaf: L) => R, joining: Joining<L, R>): R[] {
  const results: R[] = [];
  for (const part of parts) results.push(foldTree(part, leaf, joining));
  return results;
}

function isAll<L extends object>(tree: Tree<L>): tree is All<L> {
  return 'all' in tree;
}

function isAny<L extends object>(tree: Tree<L>): tree is Any<L> {
  return 'any' in tree;
}

/** All of some trees, flat: without those that always hold; one that never does decides. */
export function conjunction<L extends object>(parts: readonly Tree<L>[]): Tree<L> {
  const left = parts.flatMap((part) => (isAll(part) ? part.all : [part]));
  const never = left.find((part) => isAny(part) && part.any.length === 0);
  return never ?? (left.length === 1 ? left[0]! : { all: left });
}

/** Any of some trees, flat: without those that never hold; one that always does decides. */
export function disjunction<L extends object>(parts: readonly Tree<L>[]): Tree<L> {
  const left = parts.flatMap((part) => (isAny(part) ? part.any : [part]));
  const always = left.find((part) => isAll(part) && part.all.length === 0);
  return always ?? (left.length === 1 ? left[0]! : { any: left });
}

/** The opposite of a tree; of what always holds, what never does, and the other way round. */
export function negation<L extends object>(tree: Tree<L>): Tree<L> {
  if (isAny(tree) && tree.any.length === 0) return { all: [] };
  return isAll(tree) && tree.all.length === 0 ? { any: [] } : { not: tree };
}

/** What a node of a tree is. */
export type NodeKind = 'all' | 'any' | 'not' | 'leaf';

/** Tells what the top node of a tree is, for those who print one. */
export function kindOf(tree: Tree<object>): NodeKind {
  return isAll(tree) ? 'all' : isAny(tree) ? 'any' : 'not' in tree ? 'not' : 'leaf';
}

/** A leaf of a tree, and whether the tree asks for it or (behind a `not`) for its opposite. */
export interface SignedLeaf<L> {
  readonly leaf: L;
  readonly wanted: boolean;
}

/** The same leaves behind a `not`. */
function opposite<L>(leaves: readonly SignedLeaf<L>[]): readonly SignedLeaf<L>[] {
  return leaves.map(({ leaf, wanted }) => ({ leaf, wanted: !wanted }));
}

const COLLECTING: Joining<object, readonly SignedLeaf<unknown>[]> = {
  all: (parts) => parts.flat(),
  any: (parts) => parts.flat(),
  not: opposite,
};

/** The leaves of a tree, from left to right, those behind a `not` among them. */
export function leavesOf<L extends object>(tree: Tree<L>): readonly SignedLeaf<L>[] {
  return foldTree<L, readonly SignedLeaf<L>[]>(
    tree,
    (leaf) => [{ leaf, wanted: true }],
    COLLECTING as Joining<L, readonly SignedLeaf<L>[]>,
  );
}

/** The tree with another one, or another leaf, in the place of each leaf. */
export function replaceLeaves<L extends object, M extends object>(tree: Tree<L>, leaf: (leaf: L) => Tree<M>): Tree<M> {
  return foldTree<L, Tree<M>>(tree, leaf, { all: (all) => ({ all }), any: (any) => ({ any }), not: (not) => ({ not }) });
}
