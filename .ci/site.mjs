// Writes the whole explorer as files, a page a name, for any web server: `npm run site` puts it into dist/site, which is no part of the
// package. `npm run site -- https://example.org/armlens/` says where it will lie, so that canonical addresses are whole, there is a sitemap,
// and pictures of the way are drawn as PNG, which is what others show of a link.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { launchChromium, RUNS_CHROMIUM } from './chromium.mjs';
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
/** Draws pictures; `undefined` where Chromium does not run, or nobody can link to them. */
async function startDrawing() {
  if (base === undefined || !RUNS_CHROMIUM) return undefined;
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  return {
    async draw(svg) {
      await page.setContent(`<body style="margin:0">${svg}</body>`);
      return page.screenshot();
    },
    stop: () => browser.close(),
  };
}

const drawing = await startDrawing();
const template = readFileSync(join(WEB, 'index.html'), 'utf8');
const styles = readdirSync(join(WEB, 'assets')).flatMap((name) => (name.endsWith('.css') ? [`assets/${name}`] : []));
const routes = allRoutes();
let written = 0;
for (const route of routes) {
  for (const { path, text } of await renderPage(route, { template, styles, base, isDrawn: drawing !== undefined })) {
    const file = join(SITE, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written++;
    if (drawing !== undefined && file.endsWith('.svg')) writeFileSync(file.replace(/svg$/, 'png'), await drawing.draw(text));
  }
  if (process.stderr.isTTY && written % 50 === 0) process.stderr.write(`\rarmlens: ${written} files of ${routes.length} pages`);
}
await drawing?.stop();
if (base !== undefined) {
  writeFileSync(join(SITE, 'sitemap.xml'), siteMap(routes, base));
  writeFileSync(join(SITE, 'robots.txt'), `User-agent: *\nAllow: /\nSitemap: ${base}sitemap.xml\n`);
}
process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}armlens: ${written} files of ${routes.length} pages in dist/site\n`);
