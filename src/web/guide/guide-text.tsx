import { h, type VNode } from 'preact';
import { formatRoute, parseRoute } from '../route.ts';
import type { GuideElement, GuideNode } from './guide-node.ts';

/** A link to another page of the guide leads to where the explorer lies. */
function attributesOf({ attributes }: GuideElement): GuideElement['attributes'] {
  const { href } = attributes;
  return typeof href === 'string' && href.startsWith('#/') ? { ...attributes, href: formatRoute(parseRoute(href).route) } : attributes;
}

function elementOf(node: GuideNode): VNode | string {
  if (typeof node === 'string') return node;
  return h(node.tag, attributesOf(node), ...node.children.map(elementOf));
}

/** The text of a page. */
export function GuideText({ nodes }: { readonly nodes: readonly GuideNode[] }): VNode {
  return <article class="guide-text">{nodes.map(elementOf)}</article>;
}
