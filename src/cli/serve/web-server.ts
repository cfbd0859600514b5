import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, relative, sep } from 'node:path';

/** A server that listens. */
export interface WebServer {
  /** Such as `http://127.0.0.1:49152/`. */
  readonly url: string;
  /** Ends it, open connections included. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
};

/** What every answer says: nothing is fetched from elsewhere, nothing stands inline, and pages of this computer alone may frame it. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:* file:",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-cache',
};

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The parts of the library whose tables the explorer reads under lib/; in the package they lie beside it. */
const WITH_TABLES = ['arch', 'linux', 'runtime', 'silicon'] as const;

/** The paths that are served, and the files behind them. Whatever is asked for is looked up here and never joined to a folder. */
function pathsOf(folder: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const add = (file: string, from: string, under: string): void => {
    paths.set(`${under}${relative(from, file).replaceAll(sep, '/')}`, file);
  };
  const library = dirname(folder);
  for (const part of WITH_TABLES)
    for (const file of filesUnder(join(library, part, 'generated'))) if (file.endsWith('.js')) add(file, library, '/lib/');
  for (const file of filesUnder(folder)) add(file, folder, '/');
  const index = paths.get('/index.html');
  if (index !== undefined) paths.set('/', index);
  return paths;
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** A path as files are named. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A page lies in a folder of its own, such as `/hwcap/ilrcpc/`; where no file was written for it, the first page shows it. */
function isPage(path: string): boolean {
  return /^\/(?!assets\/)(?:[^/\\]+\/)+$/.test(path) && !/%(?:2f|5c|00|2e)|\/\.{1,2}\/|%(?![0-9a-f]{2})/i.test(path);
}

/** The first page with its links as they must be written so many folders further down. */
function sendPage(file: string, path: string, method: string, response: ServerResponse): void {
  const up = '../'.repeat(path.split('/').length - 2);
  response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES['.html'] });
  response.end(method === 'HEAD' ? undefined : readFileSync(file, 'utf8').replaceAll('="./', `="${up}`));
}

function send(file: string, method: string, response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
  if (method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

/** Names under which a browser of this machine may ask; any other is a foreign page that was led here. */
function isOwnName(host: string | undefined, port: number): boolean {
  return [LOOPBACK, 'localhost'].some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}

function answer(request: IncomingMessage, response: ServerResponse, paths: ReadonlyMap<string, string>): void {
  const port = request.socket.localPort ?? 0;
  const [path = '/'] = (request.url ?? '/').split('?');
  const index = isPage(path) ? paths.get('/index.html') : undefined;
  const file = paths.get(path) ?? paths.get(`${decoded(path)}index.html`);
  if (!isOwnName(request.headers.host, port)) refuse(response, 421, 'This server answers for this machine alone.');
  else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Only GET and HEAD are answered.');
  } else if (file === undefined && index !== undefined) sendPage(index, path, request.method, response);
  else if (file === undefined) refuse(response, 404, 'There is no such file.');
  else send(file, request.method, response);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Serves a folder to this machine alone.
 *
 * @param port - 0: any that is free.
 * @throws what listening throws, such as `EADDRINUSE`.
 */
export async function serveFolder(folder: string, port: number): Promise<WebServer> {
  const paths = pathsOf(folder);
  const server = createServer((request, response) => answer(request, response, paths));
  const taken = await listen(server, port);
  return {
    url: `http://${LOOPBACK}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
