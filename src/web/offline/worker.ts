// What was opened once works without a network: the browser runs this beside the pages. Code and tables are kept under the build that
// they are from; pages are fetched anew as long as somebody answers, so that a kept one never hides a newer one.

/** What the builder puts in: a name of this build, and the files that all views need, from here. */
declare const ARMLENS_BUILD: { readonly name: string; readonly files: readonly string[] };

/** The part of a service worker's scope that is used; the types of pages and of workers exclude each other. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listen: (event: { waitUntil(done: Promise<unknown>): void }) => void): void;
  addEventListener(
    type: 'fetch',
    listen: (event: { readonly request: Request; respondWith(response: Promise<Response>): void }) => void,
  ): void;
}

const { name: BUILD, files: FILES } = ARMLENS_BUILD;
const worker = globalThis as unknown as WorkerScope;
const { scope } = worker.registration;
const PREFIX = `armlens ${scope} `;
const CACHE = `${PREFIX}${BUILD}`;

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  // What could not be fetched now is kept when it is next asked for.
  await Promise.allSettled(['./', ...FILES].map((file) => cache.add(new URL(file, scope).href)));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

/** Pages are kept without their query, which changes nothing of what is sent. */
function keyOf({ url }: Request): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

async function fetched(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok && !response.redirected) await (await caches.open(CACHE)).put(keyOf(request), response.clone());
  return response;
}

/** The first page in the place of one that was never opened: its links lead as many folders up, and its script shows what the address names. */
async function firstPage({ url }: Request): Promise<Response | undefined> {
  const page = await (await caches.open(CACHE)).match(scope);
  if (page === undefined) return undefined;
  const depth =
    url
      .slice(scope.length)
      .replace(/[?#].*/, '')
      .split('/').length - 1;
  const text = (await page.text()).replace(' data-written', '').replaceAll('="./', `="${'../'.repeat(depth) || './'}`);
  return new Response(text, { headers: page.headers });
}

async function answer(request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(keyOf(request));
  // The name of a file of code holds its content.
  if (kept !== undefined && request.url.startsWith(`${scope}assets/`)) return kept;
  try {
    return await fetched(request);
  } catch (error) {
    const other = kept ?? (request.mode === 'navigate' ? await firstPage(request) : undefined);
    if (other === undefined) throw error;
    return other;
  }
}

worker.addEventListener('install', (event) => event.waitUntil(keepAll().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope)) event.respondWith(answer(request));
});
