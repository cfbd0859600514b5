import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { escapeMarkup } from '../escape-markup.ts';
import { inMode } from '../present/mode.ts';
import { formatRoute, type Route } from '../route.ts';
import { CopyButton } from '../seen/copy-button.tsx';
import type { Shared } from './share-menu.tsx';

/** Gives each figure of the explorer on a page the height that it asks for. */
const FITTING =
  'addEventListener("message",e=>{const h=e.data?.armlens?.height;if(h>0)for(const f of document.querySelectorAll("iframe[data-armlens]"))if(f.contentWindow===e.source)f.style.height=h+"px"})';

/**
 * What one puts into another page to show a figure there: an `iframe`, and a line of script by which it grows with what it shows. Without
 * the script, where a page allows none, it has a height of its own and scrolls.
 *
 * @param origin - Where the explorer lies, such as `https://example.org`.
 */
function embedCode(route: Route, title: string, origin: string): string {
  const href = new URL(formatRoute(inMode(route, 'embed')), origin).href;
  return `<iframe data-armlens src="${escapeMarkup(href)}" title="${escapeMarkup(title)}" loading="lazy" style="width:100%;height:26rem;border:0"></iframe>
<script>${FITTING}</script>
`;
}

/** Closes a menu when somebody goes elsewhere, or asks for it. */
function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event): void => {
      const own = menu.current;
      if (own === null || !own.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        own.querySelector('summary')?.focus();
      } else if (event.target instanceof Node && own.contains(event.target)) return;
      own.open = false;
    };
    const signs = ['pointerdown', 'focusin', 'keydown'] as const;
    for (const sign of signs) addEventListener(sign, close);
    return () => {
      for (const sign of signs) removeEventListener(sign, close);
    };
  }, []);
}

interface Props extends Shared {
  /** The menu in which they stand. */
  readonly menu: { readonly current: HTMLDetailsElement | null };
}

/** The ways to show somebody else what is on the page: a link, a figure in another page, a projector. */
export function ShareWays({ route, title, menu }: Props): VNode {
  useClosing(menu);
  const origin = location.href;
  return (
    <div class="share-ways">
      <CopyButton text={new URL(formatRoute(inMode(route)), origin).href} of="link to this page" label="Copy link" />
      <CopyButton text={embedCode(route, title, origin)} of="embed code: this figure in another page" label="Copy embed code" />
      <a href={formatRoute(inMode(route, 'present'))}>Present, large</a>
    </div>
  );
}
