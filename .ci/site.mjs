// Writes the whole explorer as files, a page a name, for any web server: `npm run site` puts it into dist/site, which is no part of the
// package. `npm run site -- https://example.org/armlens/` says where it will lie, so that canonical addresses are whole and there is a
// sitemap.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { guidePages } from './guide-pages.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
const WEB = join(DIST, 'web');
const SITE = join(DIST, 'site');
const WORK = join(ROOT, 'node_modules', '.cache', 'armlens-site');
const base = process.argv[2]?.replace(/\/?$/, '/');

await build({
  root: join(ROOT, 'src', 'web'),
  configFile: false,
  logLevel: 'warn',
  plugins: [guidePages()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { ssr: join(ROOT, 'src', 'web', 'site', 'render-page.tsx'), outDir: WORK, emptyOutDir: true, target: 'node20' },
});
const { allRoutes, renderPage, siteMap } = await import(pathToFileURL(join(WORK, 'render-page.js')).href);

rmSync(SITE, { recursive: true, force: true });
cpSync(WEB, SITE, { recursive: true });
// The explorer reads the tables of the library (shared-tables.mjs).
for (const path of readdirSync(DIST, { recursive: true }))
  if (/^\w+[\\/]generated[\\/](?:machines[\\/])?[\w-]+\.js$/.test(path)) cpSync(join(DIST, path), join(SITE, 'lib', path));
const template = readFileSync(join(WEB, 'index.html'), 'utf8');
const routes = allRoutes();
let written = 0;
for (const route of routes) {
  for (const { path, text } of await renderPage(route, { template, base })) {
    const file = join(SITE, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written++;
  }
  if (process.stderr.isTTY && written % 50 === 0) process.stderr.write(`\rarmlens: ${written} files of ${routes.length} pages`);
}
if (base !== undefined) {
  writeFileSync(join(SITE, 'sitemap.xml'), siteMap(routes, base));
  writeFileSync(join(SITE, 'robots.txt'), `User-agent: *\nAllow: /\nSitemap: ${base}sitemap.xml\n`);
}
process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}armlens: ${written} files of ${routes.length} pages in dist/site\n`);
