import { h, type VNode } from 'preact';
import type { GuideNode } from './guide-node.ts';

function elementOf(node: GuideNode): VNode | string {
  if (typeof node === 'string') return node;
  return h(node.tag, node.attributes, ...node.children.map(elementOf));
}

/** The text of a page. */
export function GuideText({ nodes }: { readonly nodes: readonly GuideNode[] }): VNode {
  return <article class="guide-text">{nodes.map(elementOf)}</article>;
}
