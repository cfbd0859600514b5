import type { GuideNode, GuidePage } from './guide-node.ts';

/** Fetches a page by its file. */
const LOADERS = import.meta.glob<{ readonly page: GuidePage }>('../../guide/*.md');

const PREFIX = '../../guide/';

/** The names of all pages; the index is `index`. */
export const GUIDE_NAMES: readonly string[] = Object.keys(LOADERS).map((path) => path.slice(PREFIX.length, -3));

/** Fetches a page by its name; `undefined` if there is none. */
export async function loadGuidePage(name: string): Promise<GuidePage | undefined> {
  return (await LOADERS[`${PREFIX}${name}.md`]?.())?.page;
}

const INDEX = import.meta.glob<{ readonly page: GuidePage }>('../../guide/index.md', { eager: true });

/** What the links of the index say, by page. */
function linksIn(nodes: readonly GuideNode[]): readonly (readonly [name: string, title: string])[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    const [, attributes, ...children] = node;
    const href = attributes?.href;
    const name = typeof href === 'string' ? /^#\/guide\/(.+)/.exec(href)?.[1] : undefined;
    return name === undefined ? linksIn(children) : [[name, children.filter((part) => typeof part === 'string').join('')]];
  });
}

let titles: ReadonlyMap<string, string> | undefined;

/** What the index calls a page. */
export function guideTitle(name: string): string {
  titles ??= new Map(Object.values(INDEX).flatMap(({ page }) => linksIn(page.nodes)));
  return titles.get(name) ?? name;
}
