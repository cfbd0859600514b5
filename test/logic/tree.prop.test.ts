import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldTree, kindOf, leavesOf, replaceLeaves, type Tree } from '../../src/logic/tree.ts';
import { type Named, trees } from './trees.ts';

it('a fold that keeps every node gives the tree again', () => {
  fc.assert(
    fc.property(trees(), (tree) => {
      expect(replaceLeaves<Named, Named>(tree, (leaf) => leaf)).toEqual(tree);
    }),
  );
});

it('the results of parts come from left to right, with the node they belong to', () => {
  const tree: Tree<Named> = { all: [{ name: 'a' }, { any: [{ name: 'b' }, { not: { name: 'c' } }] }] };
  const seen: unknown[] = [];
  const keep = (_: unknown, node: Tree<Named>): number => seen.push(node);
  foldTree<Named, number>(tree, (leaf) => seen.push(leaf), { all: keep, any: keep, not: keep });
  const any = (tree as { all: readonly Tree<Named>[] }).all[1] as { any: readonly Tree<Named>[] };
  expect(seen).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }, any.any[1], any, tree]);
});

it('every leaf is found, as often as it stands there', () => {
  fc.assert(
    fc.property(trees(), (tree) => {
      const written = [...JSON.stringify(tree).matchAll(/"name":"(\w)"/g)].map(([, name]) => name);
      expect(leavesOf(tree).map(({ leaf }) => leaf.name)).toEqual(written);
    }),
  );
});

it('a not turns what is wanted of each leaf', () => {
  fc.assert(
    fc.property(trees(), (tree) => {
      const turned = leavesOf(tree).map(({ leaf, wanted }) => ({ leaf, wanted: !wanted }));
      expect(leavesOf({ not: tree })).toEqual(turned);
    }),
  );
});

it('leaves may give way to trees', () => {
  const tree = replaceLeaves<Named, Named>({ not: { name: 'a' } }, ({ name }) => ({ all: [{ name }, { name: 'b' }] }));
  expect(tree).toEqual({ not: { all: [{ name: 'a' }, { name: 'b' }] } });
});

it('a tree is told by its top', () => {
  const leaf: Named = { name: 'a' };
  const tops: readonly Tree<Named>[] = [{ all: [leaf] }, { any: [leaf] }, { not: leaf }, leaf];
  expect(tops.map(kindOf)).toEqual(['all', 'any', 'not', 'leaf']);
});
