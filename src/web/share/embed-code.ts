import { inMode } from '../present/mode.ts';
import { formatRoute, type Route } from '../route.ts';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Gives each figure of the explorer on a page the height that it asks for. */
const FITTING =
  'addEventListener("message",e=>{const h=e.data?.armlens?.height;if(h>0)for(const f of document.querySelectorAll("iframe[data-armlens]"))if(f.contentWindow===e.source)f.style.height=h+"px"})';

/**
 * What one puts into another page to show a figure there: an `iframe`, and a line of script by which it grows with what it shows. Without
 * the script, where a page allows none, it has a height of its own and scrolls.
 *
 * @param origin - Where the explorer lies, such as `https://example.org`.
 */
export function embedCode(route: Route, title: string, origin: string): string {
  const href = new URL(formatRoute(inMode(route, 'embed')), origin).href;
  return `<iframe data-armlens src="${escaped(href)}" title="${escaped(title)}" loading="lazy" style="width:100%;height:26rem;border:0"></iframe>
<script>${FITTING}</script>
`;
}
