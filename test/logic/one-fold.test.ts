import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** What a walk over all, any and not cannot do without: asking a node what it is. */
const WALK = /'(?:all|any|not)' in \w/;

it('trees of all, any and not are walked in logic/ alone', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('generated'),
  );
  const walking = files.filter((file) => WALK.test(readFileSync(join(SRC, file), 'utf8')));
  expect(walking).not.toEqual([]);
  expect(walking.filter((file) => !file.startsWith('logic'))).toEqual([]);
});
