import fc from 'fast-check';
import type { Tree } from '../../src/logic/tree.ts';

/** A leaf that has nothing but its name. */
export interface Named {
  readonly name: string;
}

/** Few names, so that trees name things twice. */
const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** Trees over a few names. */
export function trees(): fc.Arbitrary<Tree<Named>> {
  const { tree } = fc.letrec<{ tree: Tree<Named> }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...NAMES).map((name) => ({ name })),
      fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
      tie('tree').map((not) => ({ not })),
    ),
  }));
  return tree;
}

/** What each name is: yes, no, or not known. */
export function knowledge(): fc.Arbitrary<Readonly<Record<string, boolean | undefined>>> {
  return fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom(true, false, undefined)])));
}

/** All ways to settle what is not known. */
export function completions(known: Readonly<Record<string, boolean | undefined>>): readonly Readonly<Record<string, boolean>>[] {
  let ways: Record<string, boolean>[] = [{}];
  for (const [name, truth] of Object.entries(known)) {
    ways = ways.flatMap((way) => (truth === undefined ? [true, false] : [truth]).map((settled) => ({ ...way, [name]: settled })));
  }
  return ways;
}
