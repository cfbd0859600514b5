/**
 * The explorer: a page where one sees a bit travel. It shows values of the library and derives nothing by itself.
 *
 * Everything that a view shows follows from its address, which stands behind the `#` and so works from any folder and without a
 * server: `#/machine?m=parallels-m1&k=5.10&set=ID_AA64ISAR1_EL1.LRCPC:1&why=ilrcpc`. This file turns addresses into {@link Route}s and
 * back; `view.ts` lists the views and what each is given; `app.tsx` shows the one that the address names. What stands in a query is
 * the view's own affair: `scenario/` reads the part that names a machine and a kernel.
 *
 * @module
 */

/** The views, by the first word of the address; `home` has none. */
export const VIEW_NAMES = ['home', 'machine', 'hwcap', 'feat', 'cpucap', 'compare', 'infer', 'levels', 'guide'] as const;

/** One of {@link VIEW_NAMES}. */
export type ViewName = (typeof VIEW_NAMES)[number];

/** The query of an address: keys and values in order; a key may stand several times. */
export type Query = readonly (readonly [key: string, value: string])[];

/** A place in the explorer. */
export interface Route {
  readonly view: ViewName;
  /** What stands behind the view, as `ilrcpc` in `#/hwcap/ilrcpc`; empty if nothing does. */
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

/** Reads what stands behind the `#` of an address. It never fails: what is not understood is told as a problem. */
export function parseRoute(hash: string): ParsedRoute {
  const text = hash.replace(/^#?\/?/, '');
  if (text === '') return { route: HOME, problems: [] };
  const mark = text.indexOf('?');
  const [word = '', ...rest] = (mark === -1 ? text : text.slice(0, mark)).split('/');
  const problems: string[] = [];
  const query = mark === -1 ? [] : parseQuery(text.slice(mark + 1), problems);
  const view = word === '' ? 'home' : VIEW_NAMES.find((name) => name === word);
  const name = decode(rest.join('/'));
  if (view === undefined) return { route: HOME, problems: [`There is no view “${shortened(word)}”; this is the first page.`] };
  if (name === undefined) problems.push(`“${shortened(rest.join('/'))}” in the address is not well formed and was left out.`);
  return { route: { view, name: name ?? '', query }, problems };
}

/** Writes a route as the `href` of a link. */
export function formatRoute({ view, name, query }: Route): string {
  const path = view === 'home' ? '' : `${view}${name === '' ? '' : `/${encode(name)}`}`;
  const parts = query.map(([key, value]) => (value === '' ? encodeAll(key) : `${encodeAll(key)}=${encode(value)}`));
  return `#/${path}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
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
