import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KNOWN_RANGE } from '../../src/linux/generated/known-range.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const GUIDE = join(ROOT, 'src/guide');

// What is prose cannot follow from the data, so it is held against it.
it.each(
  ['README.md', 'package.json', ...readdirSync(GUIDE).map((name) => join('src/guide', name))].filter((name) => /\.(md|json)$/.test(name)),
)('%s says up to which release Linux is known', (name) => {
  const text = readFileSync(join(ROOT, name), 'utf8');
  const told = [...text.matchAll(/\b(\d+\.\d+) (?:to|or after) (\d+\.\d+)/g)].filter(([, oldest]) => oldest === KNOWN_RANGE.oldest);
  expect(told.map(([, , newest]) => newest)).toEqual(told.map(() => KNOWN_RANGE.newest));
});
