import type { GuidePage } from './guide-node.ts';

/** Fetches a page by its file. */
const LOADERS = import.meta.glob<{ readonly page: GuidePage }>('../../guide/*.md');

const PREFIX = '../../guide/';

/** The names of all pages; the index is `index`. */
export const GUIDE_NAMES: readonly string[] = Object.keys(LOADERS).map((path) => path.slice(PREFIX.length, -3));

/** Fetches a page by its name; `undefined` if there is none. */
export async function loadGuidePage(name: string): Promise<GuidePage | undefined> {
  return (await LOADERS[`${PREFIX}${name}.md`]?.())?.page;
}
