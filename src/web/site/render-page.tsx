import { renderToString } from 'preact-render-to-string';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { Page, titleOf } from '../app.tsx';
import { escapeMarkup } from '../escape-markup.ts';
import { GUIDE_NAMES } from '../guide/pages.ts';
import { loadLater } from '../later.ts';
import { LESSON_NAMES } from '../lesson/texts.ts';
import { NAMES } from '../name/names.ts';
import { formatRoute, NAME_VIEWS, parseRoute, pathOfRoute, type Route, setRoot } from '../route.ts';
import { readyView } from '../use-view.ts';
import { bitPicture } from './bit-picture.ts';

/** A file of the site, by its path below the root. */
export interface SiteFile {
  readonly path: string;
  readonly text: string;
}

/** Every page: one a name, and the views that need no more than their name. */
export function allRoutes(): readonly Route[] {
  const views = ['home', 'machine', 'compare', 'infer', 'levels', 'lesson', 'guide', ...NAME_VIEWS] as const;
  return [
    ...views.map((view) => ({ view, name: '', query: [] })),
    ...NAME_VIEWS.flatMap((view) => NAMES[view].all().map((name) => ({ view, name, query: [] }))),
    ...KNOWN_MACHINES.map(({ name }) => parseRoute(`machine/${name}/`).route),
    ...LESSON_NAMES.map((name) => ({ view: 'lesson' as const, name, query: [] })),
    ...GUIDE_NAMES.filter((name) => name !== 'index').map((name) => ({ view: 'guide' as const, name, query: [] })),
  ];
}

/** What search engines read beside the text: what kind of thing a page is about. */
function linkedData({ view, name }: Route, title: string, description: string, url: string): string {
  const isName = name !== '' && NAME_VIEWS.some((one) => one === view);
  const about = isName
    ? { '@type': 'DefinedTerm', name, description, url, inDefinedTermSet: url.replace(/(?<=\/)[^/]+\/$/, '') }
    : { '@type': view === 'guide' ? 'TechArticle' : 'WebPage', name: title, headline: title, description, url };
  return JSON.stringify({ '@context': 'https://schema.org', ...about }).replaceAll('<', '\\u003c');
}

/** How many folders a path lies below the root. */
function depthOf(path: string): number {
  return path.split('/').length - 1;
}

/** How the site is written. */
export interface SiteOptions {
  /** The built first page, whose links begin with `./`. */
  readonly template: string;
  /** The files of styles, by their paths below the root: a page is in its dress before any script runs, and fetches no more of them then. */
  readonly styles?: readonly string[] | undefined;
  /** Where the site will lie, such as `https://example.org/armlens/`; absent: its addresses are written relative. */
  readonly base?: string | undefined;
  /** Whether pictures will be drawn as PNG, which is what most sites show of a link; else they are SVG. */
  readonly isDrawn?: boolean;
}

/** Renders the page of a route, and its picture if it has one. */
export async function renderPage(
  route: Route,
  { template, styles = [], base, isDrawn = false }: SiteOptions,
): Promise<readonly SiteFile[]> {
  const path = pathOfRoute(route);
  const up = '../'.repeat(depthOf(path)) || './';
  setRoot(up);
  const ready = await readyView(route);
  // What stands in a file is there before anybody does anything.
  await loadLater();
  const head = ready.head(route);
  const body = renderToString(<Page place={{ route, problems: [] }} navigate={() => undefined} ready={ready} />);
  const title = titleOf(head);
  const url = base === undefined ? formatRoute(route) : `${base}${path}`;
  const picture = await bitPicture(route);
  const image =
    picture === undefined
      ? ''
      : `\n    <meta property="og:image" content="${base === undefined ? './' : url}way.${isDrawn ? 'png' : 'svg'}" />
    <meta name="twitter:card" content="summary_large_image" />`;
  const tags = `<link rel="canonical" href="${escapeMarkup(url)}" />
    <meta property="og:title" content="${escapeMarkup(head.title || title)}" />
    <meta property="og:description" content="${escapeMarkup(head.description)}" />
    <meta property="og:type" content="${route.view === 'guide' ? 'article' : 'website'}" />
    <meta property="og:url" content="${escapeMarkup(url)}" />${image}
    <script type="application/ld+json">${linkedData(route, title, head.description, url)}</script>`;
  const dress = styles.filter((file) => !template.includes(file)).map((file) => `  <link rel="stylesheet" href="./${file}">\n  `);
  const text = template
    .replace('</head>', () => `${dress.join('')}</head>`)
    .replaceAll('="./', `="${up}`)
    .replace(/<title>[^<]*<\/title>/, `<title>${escapeMarkup(title)}</title>\n    ${tags.replaceAll('$', '$$$$')}`)
    .replace(/(<meta name="description" content=")[^"]*/, (_, start: string) => `${start}${escapeMarkup(head.description)}`)
    .replace(
      /<div id="app" data-root="[^"]*">[\s\S]*<\/div>(?=\s*<script|\s*<\/body>)/,
      () => `<div id="app" data-root="${up}" data-written>${body}</div>`,
    );
  const folder = decodeURIComponent(path);
  return [{ path: `${folder}index.html`, text }, ...(picture === undefined ? [] : [{ path: `${folder}way.svg`, text: picture }])];
}

/** The list of all pages for search engines; needs to know where the site will lie. */
export function siteMap(routes: readonly Route[], base: string): string {
  const entries = routes.map((route) => `  <url><loc>${escapeMarkup(`${base}${pathOfRoute(route)}`)}</loc></url>\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}</urlset>\n`;
}
