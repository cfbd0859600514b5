import { render } from 'preact';
import { App } from './app.tsx';
import { firstSign } from './first-sign.ts';
import { loadLater } from './later.ts';
import { addressIn, parseRoute, setRoot } from './route.ts';
import { readyView } from './use-view.ts';

/**
 * Makes the browser keep the explorer, so that all its views work without a network from then on. Where browsers do not allow that (pages
 * from a folder, private windows), nothing comes of it.
 */
async function keepOffline(root: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !location.protocol.startsWith('http')) return;
  try {
    await navigator.serviceWorker.register(`${root}worker.js`);
  } catch {
    // As without it.
  }
}

/** What the focus can be on. */
const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Where the focus is among what can have it, so that it can be given back. */
function focusKeeper(place: HTMLElement): () => void {
  const at = document.activeElement === null ? -1 : [...place.querySelectorAll(STOPS)].indexOf(document.activeElement);
  const written = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : '';
  return () => {
    const stop = place.querySelectorAll<HTMLElement>(STOPS)[at];
    if (stop instanceof HTMLInputElement && written !== '') {
      stop.value = written;
      stop.dispatchEvent(new Event('input', { bubbles: true }));
    }
    stop?.focus({ preventScroll: true });
  };
}

/** Puts the explorer in the place of what stands on the page. */
export async function startExplorer(place: HTMLElement): Promise<void> {
  const root = new URL(place.dataset.root ?? './', location.href).pathname;
  setRoot(root);
  const first = await readyView(parseRoute(addressIn(location)).route).catch(() => undefined);
  // What stands on the page, or was scrolled to, does not go away for a moment.
  if (place.dataset.written !== undefined || (history.state?.scrolled ?? 0) > 0) await loadLater();
  const giveBack = focusKeeper(place);
  place.textContent = '';
  render(<App first={first} />, place);
  place.dataset.live = '';
  giveBack();
  void firstSign().then(() => keepOffline(root));
}
