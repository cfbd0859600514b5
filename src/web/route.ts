/**
 * The explorer: pages where one sees a bit travel. They show values of the library and derive nothing by themselves.
 *
 * Every name has a page, and everything that a page shows follows from its address, below whatever folder the explorer lies in:
 * `machine/parallels-m1/?k=5.10&set=ID_AA64ISAR1_EL1.LRCPC:1&why=ilrcpc`. Addresses of former versions, which stood behind a `#/`, are
 * read too. This file turns addresses into {@link Route}s and back; `view.ts` lists the views and what each is given; `app.tsx` shows
 * the one that the address names; `site/` writes every page as a file that needs no script. What stands in a query is the view's own
 * affair: `scenario/` reads the part that names a machine and a kernel.
 *
 * @module
 */

/** The kinds of names that have a page each. */
export const NAME_VIEWS = [
  'hwcap',
  'compat',
  'feat',
  'cpucap',
  'register',
  'field',
  'core',
  'level',
  'release',
  'erratum',
  'insn',
] as const;

/** One of {@link NAME_VIEWS}. */
export type NameView = (typeof NAME_VIEWS)[number];

/** The views that show more than one name, or none. */
const OTHER_VIEWS = ['home', 'machine', 'compare', 'infer', 'levels', 'lesson', 'guide'] as const;

/** A view. */
export type ViewName = NameView | (typeof OTHER_VIEWS)[number];

/** The views, by the first word of the address; `home` has none. */
export const VIEW_NAMES: readonly ViewName[] = [...OTHER_VIEWS, ...NAME_VIEWS];

/** The query of an address: keys and values in order; a key may stand several times. */
export type Query = readonly (readonly [key: string, value: string])[];

/** A place in the explorer. */
export interface Route {
  readonly view: ViewName;
  /** What stands behind the view, as `ilrcpc` in `hwcap/ilrcpc/`; empty if nothing does. */
  readonly name: string;
  readonly query: Query;
}

/** A route, and what of its address was not understood, a sentence each. */
export interface ParsedRoute {
  readonly route: Route;
  readonly problems: readonly string[];
}

/** Shows another place. `replace` leaves no entry in the browser's history, for steps of a movement. */
export type Navigate = (route: Route, how?: 'push' | 'replace') => void;

const HOME: Route = { view: 'home', name: '', query: [] };

let root = './';

/** Tells where the explorer lies, as links have to say it: a path that ends with `/`, or a relative one such as `../../`. */
export function setRoot(path: string): void {
  root = path;
}

/** What stands behind the root in a link of the explorer. */
export function belowRoot(href: string): string {
  return href.startsWith(root) ? href.slice(root.length) : href;
}

/** What stands behind the root in the address of a page; an address of former versions stands behind its `#`. */
export function addressIn({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): string {
  if (hash.startsWith('#/')) return hash;
  return belowRoot(`${pathname}${search}`);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Escapes everything that is no letter or digit; half a character, which no address can hold, becomes U+FFFD. */
function encodeAll(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** A name as a part of a path, where a space is no `+`. */
function encodeName(name: string): string {
  return encode(name).replaceAll('+', '%20');
}

/** Escapes only what would be taken for something else, so that an address can be read. */
function encode(text: string): string {
  return encodeAll(text).replace(/%(?:20|2C|2F|3A|3B|3D|40|5B|5D|7B|7D|7C)/g, (escaped) =>
    escaped === '%20' ? '+' : decodeURIComponent(escaped),
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function parseQuery(text: string, problems: string[]): Query {
  return text
    .split('&')
    .filter(Boolean)
    .flatMap((part) => {
      const at = part.indexOf('=');
      const key = decode(at === -1 ? part : part.slice(0, at));
      const value = at === -1 ? '' : decode(part.slice(at + 1));
      if (key !== undefined && value !== undefined) return [[key, value] as const];
      problems.push(`“${shortened(part)}” in the address is not well formed and was left out.`);
      return [];
    });
}

/** A machine's page stands under its name, which is a part of the scenario like the rest: `m` in the query. */
function withMachine({ view, name, query }: Route): Route {
  return view !== 'machine' || name === '' ? { view, name, query } : { view, name: '', query: [['m', name], ...query] };
}

/**
 * Reads what stands behind the root of an address, such as `hwcap/ilrcpc/`, or behind the `#` of one of former versions. It never fails:
 * what is not understood is told as a problem.
 */
export function parseRoute(address: string): ParsedRoute {
  const text = address.replace(/^#?\/?/, '');
  const mark = text.indexOf('?');
  const path = (mark === -1 ? text : text.slice(0, mark)).replace(/\/$/, '').replace(/^index\.html$/, '');
  const [word = '', ...rest] = path.split('/');
  const problems: string[] = [];
  const query = mark === -1 ? [] : parseQuery(text.slice(mark + 1), problems);
  const view = word === '' ? 'home' : VIEW_NAMES.find((name) => name === word);
  const name = decode(rest.join('/'));
  if (view === undefined) return { route: HOME, problems: [`There is no view “${shortened(word)}”; this is the first page.`] };
  if (name === undefined) problems.push(`“${shortened(rest.join('/'))}” in the address is not well formed and was left out.`);
  return { route: withMachine({ view, name: name ?? '', query }), problems };
}

/** The path of a route below the root, such as `hwcap/ilrcpc/`, without its query. */
export function pathOfRoute({ view, name, query }: Route): string {
  const machine = view === 'machine' && name === '' ? queryValue(query, 'm') : undefined;
  const own = machine ?? name;
  return view === 'home' ? '' : `${view}/${own === '' ? '' : `${encodeName(own)}/`}`;
}

/** Writes a route as the `href` of a link. */
export function formatRoute(route: Route): string {
  const first = route.query.findIndex(([key]) => key === 'm');
  const query = route.view === 'machine' && route.name === '' && route.query[first]?.[1] ? route.query.toSpliced(first, 1) : route.query;
  const parts = query.map(([key, value]) => (value === '' ? encodeAll(key) : `${encodeAll(key)}=${encode(value)}`));
  return `${root}${pathOfRoute(route)}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

/** The `href` of a place: `linkTo('hwcap', 'ilrcpc')`, `linkTo('machine', '', [['m', 'kunpeng-920']])`. */
export function linkTo(view: ViewName, name: string = '', query: Query = []): string {
  return formatRoute({ view, name, query });
}

/** The first value of a key; `undefined` if it does not stand there. */
export function queryValue(query: Query, key: string): string | undefined {
  return query.find(([own]) => own === key)?.[1];
}

/** All values of a key, in order. */
export function queryValues(query: Query, key: string): readonly string[] {
  return query.filter(([own]) => own === key).map(([, value]) => value);
}

/** A query with other values of one key, at the place where it stood, or at the end; without values the key goes. */
export function withQuery(query: Query, key: string, ...values: readonly string[]): Query {
  const at = query.findIndex(([own]) => own === key);
  const others = query.filter(([own]) => own !== key);
  return others.toSpliced(at === -1 ? others.length : at, 0, ...values.map((value) => [key, value] as const));
}
