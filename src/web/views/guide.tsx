import '../guide/guide.css';
import { h, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { nearestName } from '../../nearest.ts';
import { SignedText } from '../catalogue/signed-text.tsx';
import type { GuideAttributes, GuideLink, GuideNode, GuidePage } from '../guide/guide-node.ts';
import { GUIDE_NAMES, loadGuidePage } from '../guide/pages.ts';
import { Notice } from '../notice.tsx';
import { formatRoute, linkTo, parseRoute } from '../route.ts';
import type { LoadedView, ViewProps } from '../view.ts';

/** A link to another page of the guide leads to where the explorer lies. */
function attributesOf(attributes: GuideAttributes): GuideAttributes {
  const href = attributes?.href;
  return typeof href === 'string' && href.startsWith('#/') ? { ...attributes, href: formatRoute(parseRoute(href).route) } : attributes;
}

function elementOf(node: GuideNode, isPrinted = false): VNode | string {
  if (typeof node === 'string') return isPrinted ? node : <SignedText text={node} />;
  const [tag, attributes, ...children] = node;
  return h(tag, attributesOf(attributes), ...children.map((child) => elementOf(child, isPrinted || tag === 'pre')));
}

/** The text of a page. */
function GuideText({ nodes }: { readonly nodes: readonly GuideNode[] }): VNode {
  return <article class="guide-text">{nodes.map((node) => elementOf(node))}</article>;
}

const INDEX = 'index';

/** The way on, back and up. */
function Ways({ page: { before, after }, index }: { readonly page: GuidePage; readonly index: boolean }): VNode | null {
  if (index) return null;
  const way = (link: GuideLink | undefined, arrow: string): VNode | null =>
    link === undefined ? null : (
      <li>
        {arrow} <a href={linkTo('guide', link.name)}>{link.title}</a>
      </li>
    );
  return (
    <nav aria-label="Pages">
      <ul class="guide-ways">
        {way(before, 'Before:')}
        {way(after, 'Next:')}
        <li>
          <a href={linkTo('guide')}>The guide</a>
        </li>
      </ul>
    </nav>
  );
}

/** Pages that were fetched. */
const fetched = new Map<string, GuidePage>();

async function fetchPage(name: string): Promise<GuidePage | undefined> {
  const page = fetched.get(name) ?? (await loadGuidePage(name));
  if (page !== undefined) fetched.set(name, page);
  return page;
}

/** Fetches the page of a route, so that it stands there at once. */
async function prepareGuide(name: string): Promise<void> {
  await fetchPage(name !== '' && GUIDE_NAMES.includes(name) ? name : INDEX);
}

/** A page of the guide; without a name its index. */
export function GuideView({ route }: ViewProps): VNode | null {
  const known = route.name === '' || GUIDE_NAMES.includes(route.name);
  const name = known && route.name !== '' ? route.name : INDEX;
  const [shown, setShown] = useState<{ readonly name: string; readonly page: GuidePage } | undefined>(() => {
    const page = fetched.get(name);
    return page && { name, page };
  });
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    setFailed(false);
    fetchPage(name).then(
      (page) => {
        if (wanted && page !== undefined) setShown({ name, page });
      },
      () => wanted && setFailed(true),
    );
    return () => {
      wanted = false;
    };
  }, [name]);
  const nearest = known ? undefined : nearestName(route.name, GUIDE_NAMES);
  return (
    <>
      {!known && (
        <Notice>
          The guide has no page “{route.name.slice(0, 40)}”
          {nearest === undefined ? (
            '; this is its index.'
          ) : (
            <>
              ; did you mean <a href={linkTo('guide', nearest)}>{nearest}</a>?
            </>
          )}
        </Notice>
      )}
      {failed && <Notice kind="error">The page could not be loaded. Reload the explorer.</Notice>}
      {shown !== undefined && (
        <>
          <GuideText nodes={shown.page.nodes} />
          <Ways page={shown.page} index={shown.name === INDEX} />
        </>
      )}
    </>
  );
}

/** The view, and what stands in the heads of its pages. */
export const GUIDE: LoadedView = {
  View: GuideView,
  prepare: ({ name }) => prepareGuide(name),
  head: ({ name }) => ({
    title: `${name === '' ? '' : `${GUIDE_NAMES.includes(name) ? name.replaceAll('-', ' ') : 'No such page'} · `}Guide`,
    description: 'How to use armlens: a page for each task, with examples that were run.',
  }),
};
