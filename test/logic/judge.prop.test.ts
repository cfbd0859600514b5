import fc from 'fast-check';
import { expect, it } from 'vitest';
import { impliedBy, judge, leavesAtFault } from '../../src/logic/judge.ts';
import { conjunction, disjunction, foldTree, leavesOf, negation, type Tree } from '../../src/logic/tree.ts';
import type { Truth } from '../../src/logic/truth.ts';
import { completions, knowledge, type Named, trees } from './trees.ts';

type Known = Readonly<Record<string, Truth>>;

const by =
  (known: Known) =>
  ({ name }: Named): Truth =>
    known[name];

it('what is certain is so however the unknown turns out', () => {
  fc.assert(
    fc.property(trees(), knowledge(), (tree, known) => {
      const truth = judge(tree, by(known));
      if (truth === undefined) return;
      for (const way of completions(known)) expect(judge(tree, by(way))).toBe(truth);
    }),
  );
});

it('where every leaf is known, the tree is', () => {
  fc.assert(
    fc.property(trees(), knowledge(), (tree, known) => {
      for (const way of completions(known)) expect(judge(tree, by(way))).toBeTypeOf('boolean');
    }),
  );
});

it('a tree without parts holds if it asks for all, and not if it asks for any', () => {
  expect([judge({ all: [] }, () => undefined), judge({ any: [] }, () => undefined)]).toEqual([true, false]);
});

it('there are faults exactly where a tree is not certainly as wanted', () => {
  fc.assert(
    fc.property(trees(), knowledge(), fc.boolean(), (tree, known, wanted) => {
      const truth = judge(tree, by(known));
      const faults = leavesAtFault(tree, by(known), wanted);
      if (truth === wanted) expect(faults).toEqual([]);
      for (const { leaf, wanted: asked } of faults) expect(known[leaf.name]).not.toBe(asked);
    }),
  );
});

it('faults are those that keep it from holding, unless something else is wanted', () => {
  const leaf: Named = { name: 'a' };
  expect(leavesAtFault<Named>(leaf, () => false)).toEqual([{ leaf, wanted: true }]);
  expect(leavesAtFault<Named>(leaf, () => true)).toEqual([]);
});

it('a tree that can be as wanted is so once each of its faults is mended', () => {
  fc.assert(
    fc.property(trees(), knowledge(), fc.boolean(), (drawn, known, wanted) => {
      // Leaves are told apart by their place: the same name may be wanted in one and unwanted in another.
      const tree = JSON.parse(JSON.stringify(drawn)) as typeof drawn;
      const best = new Map(leavesOf(tree).map(({ leaf, wanted: asked }) => [leaf, asked === wanted]));
      if (judge(tree, (leaf) => best.get(leaf)!) !== wanted) return;
      const mended = new Map(leavesAtFault(tree, by(known), wanted).map(({ leaf, wanted: asked }) => [leaf, asked]));
      expect(judge(tree, (leaf) => mended.get(leaf) ?? known[leaf.name])).toBe(wanted);
    }),
  );
});

it('what follows from a tree that holds, or does not, is so in every way that it can come about', () => {
  fc.assert(
    fc.property(trees(), knowledge(), fc.boolean(), (drawn, known, holds) => {
      const tree = JSON.parse(JSON.stringify(drawn)) as typeof drawn;
      const implied = impliedBy(tree, holds, by(known));
      for (const way of completions(known)) {
        if (judge(tree, by(way)) !== holds) continue;
        for (const { leaf, wanted } of implied ?? []) expect(way[leaf.name]).toBe(wanted);
        expect(implied).toBeDefined();
      }
    }),
  );
});

it('put together again by conjunction, disjunction and negation, a tree comes to the same', () => {
  fc.assert(
    fc.property(trees(), knowledge(), (tree, known) => {
      const again = foldTree<Named, Tree<Named>>(tree, (leaf) => leaf, { all: conjunction, any: disjunction, not: negation });
      expect(judge(again, by(known))).toBe(judge(tree, by(known)));
    }),
  );
});
