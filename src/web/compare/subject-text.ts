import { type Query, queryValue } from '../route.ts';

/** The longest text of a subject that is read; a pasted machine takes most of it. */
const LONGEST = 20_000;

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads a subject of a comparison: `parallels-m1`, `parallels-m1@6.12`, and behind that whatever a query can say of a machine and a
 * kernel, `kunpeng-920@6.12|c=debian|cmdline=arm64.nosve|set=ID_AA64ISAR1_EL1.LRCPC:2`.
 *
 * @returns The query of the machine view that says the same.
 */
export function parseSubject(text: string): Query {
  const [head = '', ...parts] = text.slice(0, LONGEST).split('|');
  const [machine = '', release = ''] = head.split('@');
  return [
    ...(machine === '' ? [] : [['m', machine] as const]),
    ...(release === '' ? [] : [['k', release] as const]),
    ...parts.filter(Boolean).map((part) => {
      const at = part.indexOf('=');
      return at === -1 ? ([part, ''] as const) : ([part.slice(0, at), unescaped(part.slice(at + 1))] as const);
    }),
  ];
}

/** A subject of a comparison in a few words: the machine, and under what. */
export function subjectWords(text: string): { readonly machine: string; readonly under: string } {
  const query = parseSubject(text);
  const under = query.flatMap(([key, value]) => (key === 'm' || key === 'p' ? [] : [key === 'k' ? `Linux ${value}` : `${key}=${value}`]));
  return { machine: queryValue(query, 'm') ?? 'a pasted text', under: under.join(', ') };
}

/** Writes a subject of a comparison; {@link parseSubject} reads it. */
export function formatSubject(query: Query): string {
  const release = queryValue(query, 'k');
  const others = query.filter(([key]) => key !== 'm' && key !== 'k');
  const head = `${queryValue(query, 'm') ?? ''}${release === undefined ? '' : `@${release}`}`;
  return [head, ...others.map(([key, value]) => `${key}=${value.replace(/[%|]/g, encodeURIComponent)}`)].join('|');
}
