import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

/** Styles that every view may build on. */
const SHARED: ReadonlySet<string> = new Set(['style.css', 'catalogue.css']);

/** The class that each selector of a style sheet begins with, or puts on an element by its name. */
function leadingClasses(css: string): ReadonlySet<string> {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const selectors = [...plain.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.split(','));
  return new Set(selectors.flatMap((selector) => /^\s*[a-z]*\.([\w-]+)/.exec(selector)?.[1] ?? []));
}

it('no two views style the same class, since all styles stay on the page once a view was shown', () => {
  const owners = new Map<string, string>();
  const clashes: string[] = [];
  const sheets = readdirSync('src/web', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.css'))
    .map((path) => join('src/web', path))
    .toSorted();
  const shared = new Set(
    sheets.filter((path) => SHARED.has(basename(path))).flatMap((path) => [...leadingClasses(readFileSync(path, 'utf8'))]),
  );
  for (const path of sheets.filter((one) => !SHARED.has(basename(one)))) {
    for (const name of leadingClasses(readFileSync(path, 'utf8'))) {
      const before = owners.get(name);
      if (before !== undefined && !shared.has(name)) clashes.push(`${name}: ${before} and ${path}`);
      owners.set(name, path);
    }
  }
  expect(clashes).toEqual([]);
  expect(owners.size).toBeGreaterThan(20);
});
