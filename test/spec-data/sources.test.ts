import { expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { specFiles } from '../support/spec-files.ts';

const { sources } = readSpec<{ readonly sources: readonly { readonly id: string }[] }>('sources.json');
const ids = sources.map(({ id }) => id);

/** Every text under a key `source`, `sources` or `…Source`, with the place where it stands. */
function cited(value: unknown, where: string, inSource = false): readonly { readonly where: string; readonly text: string }[] {
  if (typeof value === 'string') return inSource ? [{ where, text: value }] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const isSource = Array.isArray(value) ? inSource : /(^s|S)ources?$/.test(key);
    return cited(part, `${where}/${key}`, isSource);
  });
}

const citations = specFiles()
  .filter(({ path }) => path !== 'sources.json')
  .flatMap(({ path, content }) => cited(content, path));
const idOf = (text: string) => text.split(/[:#]/)[0] ?? '';

it('lists each source once, in alphabetical order', () => {
  expect(ids).toEqual([...new Set(ids)].sort());
});

it('has rows that cite sources', () => {
  expect(citations.length).toBeGreaterThan(446); // 54 registers and 392 architecture features
});

it('knows every source that a row cites', () => {
  expect(citations.filter(({ text }) => !ids.includes(idOf(text)))).toEqual([]);
});

it('has no source that no row cites', () => {
  const used = new Set(citations.map(({ text }) => idOf(text)));
  expect(ids.filter((id) => !used.has(id))).toEqual([]);
});
