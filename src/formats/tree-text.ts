import { foldTree, type Tree } from '../logic/tree.ts';

/** The brackets around parts that are trees themselves. */
type Brackets = readonly [open: string, close: string];

/** Writes a tree as a line: its parts joined by `and` and `or`, with brackets around those of several parts that are not the whole. */
export function formatTree<L extends object>(tree: Tree<L>, leaf: (leaf: L) => string, [open, close]: Brackets = ['(', ')']): string {
  interface Text {
    readonly text: string;
    readonly joined: boolean;
  }
  const inner = ({ text, joined }: Text): string => (joined ? `${open}${text}${close}` : text);
  // What stands there twice is said once.
  const join = (all: readonly Text[], word: string): Text => {
    const parts = [...new Map(all.map((part) => [part.text, part])).values()];
    return parts.length === 1 ? parts[0]! : { text: parts.map(inner).join(` ${word} `), joined: parts.length > 1 };
  };
  return foldTree<L, Text>(tree, (at) => ({ text: leaf(at), joined: false }), {
    all: (parts) => join(parts, 'and'),
    any: (parts) => join(parts, 'or'),
    not: (part) => ({ text: `not ${inner(part)}`, joined: false }),
  }).text;
}
