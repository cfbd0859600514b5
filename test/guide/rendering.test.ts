import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guidePage } from '../../.ci/guide-pages.mjs';
import type { GuideNode, GuidePage } from '../../src/web/guide/guide-node.ts';
import { GUIDE, GUIDE_NAMES } from '../support/examples.ts';

const rendered = (name: string): GuidePage => guidePage(name, readFileSync(join(GUIDE, `${name}.md`), 'utf8'));

/** Every element of a page. */
function* elements(nodes: readonly GuideNode[]): Generator<Exclude<GuideNode, string>> {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    yield node;
    yield* elements(node.slice(2) as readonly GuideNode[]);
  }
}

describe.each(GUIDE_NAMES)('%s', (name) => {
  it('is made of elements that hold no script and no style, and of links to pages or to the repository', () => {
    const all = [...elements(rendered(name).nodes)];
    expect(all[0]![0]).toBe('h1');
    const allowed = /^(h[1-4]|p|a|code|strong|em|br|pre|b|figure|figcaption|ul|ol|li|section|table|thead|tbody|tr|th|td)$/;
    expect(all.map(([tag]) => tag).filter((tag) => !allowed.test(tag))).toEqual([]);
    const links = all.flatMap(([, attributes]) => (attributes?.href === undefined ? [] : [String(attributes.href)]));
    expect(links.filter((href) => !/^(#\/|https:\/\/)/.test(href))).toEqual([]);
  });
});

it('the pages form one way through the guide, there and back', () => {
  const order: string[] = [];
  for (let name: string | undefined = 'commands'; name !== undefined; name = rendered(name).after?.name) order.push(name);
  expect(order.toSorted()).toEqual(GUIDE_NAMES.filter((name) => name !== 'index'));
  for (const [i, name] of order.entries()) expect(rendered(name).before?.name).toBe(order[i - 1]);
});

it('says no to what it cannot show', () => {
  expect(() => guidePage('stream', '# Stream\n\n<script>alert(1)</script>\n')).toThrow('is not rendered');
  expect(() => guidePage('stream', '# Stream\n\n![a](b.png)\n')).toThrow('is not rendered');
});
