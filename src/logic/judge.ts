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
export function faultsOf<L extends object>(tree: Tree<L>, leaf: (leaf: L) => Truth, wanted: boolean = true): readonly SignedLeaf<L>[] {
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

/** What follows for leaves: if the tree holds, and if it does not. */
interface Implied<L> {
  readonly ifYes: readonly SignedLeaf<L>[];
  readonly ifNo: readonly SignedLeaf<L>[];
}

/** Where one of several parts decides, it is open which; a single part leaves no choice. */
function inAnyCase<L>(parts: readonly (readonly SignedLeaf<L>[])[]): readonly SignedLeaf<L>[] {
  return parts.length === 1 ? parts[0]! : [];
}

/** The leaves that are settled by knowing that a tree holds, or does not: what each of them then must be. */
export function impliedBy<L extends object>(tree: Tree<L>, holds: boolean): readonly SignedLeaf<L>[] {
  const { ifYes, ifNo } = foldTree<L, Implied<L>>(tree, (leaf) => ({ ifYes: [{ leaf, wanted: true }], ifNo: [{ leaf, wanted: false }] }), {
    all: (parts) => ({ ifYes: parts.flatMap((part) => part.ifYes), ifNo: inAnyCase(parts.map((part) => part.ifNo)) }),
    any: (parts) => ({ ifYes: inAnyCase(parts.map((part) => part.ifYes)), ifNo: parts.flatMap((part) => part.ifNo) }),
    not: (part) => ({ ifYes: part.ifNo, ifNo: part.ifYes }),
  });
  return holds ? ifYes : ifNo;
}
