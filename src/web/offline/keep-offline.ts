/**
 * Makes the browser keep the explorer, so that all its views work without a network from then on. Where browsers do not allow that (pages
 * from a folder, private windows), nothing comes of it.
 */
export async function keepOffline(root: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !location.protocol.startsWith('http')) return;
  try {
    await navigator.serviceWorker.register(`${root}worker.js`);
  } catch {
    // As without it.
  }
}
