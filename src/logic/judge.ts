import { foldTree, type Joining, type SignedLeaf, type Tree } from './tree.ts';
import { allOf, anyOf, negate, type Truth } from './truth.ts';

/** Judges nodes by the three values. */
const JUDGING: Joining<object, Truth> = { all: allOf, any: anyOf, not: negate };

/** Whether a tree holds, by what its leaves say. Where no leaf is left unknown, the tree is not either. */
export function judge<L extends object>(tree: Tree<L>, leaf: (leaf: L) => boolean): boolean;
export function judge<L extends object>(tree: Tree<L>, leaf: (leaf: L) => Truth): Truth;
export function judge<L extends object>(tree: Tree<L>, leaf: (leaf: L) => Truth): Truth {
  return foldTree<L, Truth>(tree, leaf, JUDGING);
}

/** A judged node: its value, and the leaves that keep it from being otherwise. */
interface Weighed<L> {
  readonly truth: Truth;
  /** Those that keep it from being certain to hold; none if it does. */
  readonly againstYes: readonly SignedLeaf<L>[];
  /** Those that keep it from being certain to fail; none if it does. */
  readonly againstNo: readonly SignedLeaf<L>[];
}

function weigh<L>(truth: Truth, parts: readonly Weighed<L>[]): Weighed<L> {
  return {
    truth,
    againstYes: truth === true ? [] : parts.flatMap(({ againstYes }) => againstYes),
    againstNo: truth === false ? [] : parts.flatMap(({ againstNo }) => againstNo),
  };
}

function turned<L>({ truth, againstYes, againstNo }: Weighed<L>): Weighed<L> {
  return { truth: negate(truth), againstYes: againstNo, againstNo: againstYes };
}

/**
 * The leaves that keep a tree from being what is wanted: those that say otherwise, or are not known, on every way that leads to another
 * answer. None if the tree is as wanted. If they all were as asked, it would be.
 */
export function leavesAtFault<L extends object>(tree: Tree<L>, leaf: (leaf: L) => Truth, wanted: boolean = true): readonly SignedLeaf<L>[] {
  const weighed = foldTree<L, Weighed<L>>(
    tree,
    (at) => {
      const truth = leaf(at);
      const own: Weighed<L> = { truth, againstYes: [{ leaf: at, wanted: true }], againstNo: [{ leaf: at, wanted: false }] };
      return weigh(truth, [own]);
    },
    {
      all: (parts) => weigh(allOf(parts.map(({ truth }) => truth)), parts),
      any: (parts) => weigh(anyOf(parts.map(({ truth }) => truth)), parts),
      not: turned,
    },
  );
  return wanted ? weighed.againstYes : weighed.againstNo;
}

/** What follows for leaves: if the tree holds, and if it does not; absent: that cannot be. */
interface Implied<L> {
  readonly truth: Truth;
  readonly ifYes: readonly SignedLeaf<L>[] | undefined;
  readonly ifNo: readonly SignedLeaf<L>[] | undefined;
}

type Leaves<L> = readonly SignedLeaf<L>[] | undefined;

/** What follows if every part is so. */
function inEach<L>(parts: readonly Leaves<L>[]): Leaves<L> {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** What follows if one of those that can be so is: nothing as long as it is open which. */
function inOne<L>(parts: readonly Leaves<L>[]): Leaves<L> {
  const able = parts.filter((part) => part !== undefined);
  return able.length > 1 ? [] : able[0];
}

/**
 * What knowing that a tree holds, or does not, says of its leaves: what each of them then must be.
 *
 * @param leaf - What is known of the leaves beforehand; by default nothing.
 * @returns `undefined` if what is known beforehand rules it out.
 */
export function impliedBy<L extends object>(
  tree: Tree<L>,
  holds: boolean,
  leaf: (leaf: L) => Truth = () => undefined,
): readonly SignedLeaf<L>[] | undefined {
  const unless = (parts: readonly Implied<L>[], truth: boolean, side: 'ifYes' | 'ifNo'): readonly Leaves<L>[] =>
    parts.map((part) => (part.truth === truth ? undefined : part[side]));
  const { ifYes, ifNo } = foldTree<L, Implied<L>>(
    tree,
    (at) => ({ truth: leaf(at), ifYes: [{ leaf: at, wanted: true }], ifNo: [{ leaf: at, wanted: false }] }),
    {
      all: (parts) => ({
        truth: allOf(parts.map(({ truth }) => truth)),
        ifYes: inEach(parts.map((part) => part.ifYes)),
        ifNo: inOne(unless(parts, true, 'ifNo')),
      }),
      any: (parts) => ({
        truth: anyOf(parts.map(({ truth }) => truth)),
        ifYes: inOne(unless(parts, false, 'ifYes')),
        ifNo: inEach(parts.map((part) => part.ifNo)),
      }),
      not: (part) => ({ truth: negate(part.truth), ifYes: part.ifNo, ifNo: part.ifYes }),
    },
  );
  return holds ? ifYes : ifNo;
}
