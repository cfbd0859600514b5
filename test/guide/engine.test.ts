import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { ROOT, withDoors } from '../support/examples.ts';

/** DuckDB is large and made for each system: it is no dependency. Who has it tests the page; ARMLENS_DUCKDB names a folder that has it. */
const ENGINE = '@duckdb/node-api';
const from = createRequire(join(process.env.ARMLENS_DUCKDB ?? ROOT, 'package.json'));

function engine(): string | undefined {
  try {
    return from.resolve(ENGINE);
  } catch {
    process.stderr.write(`skipped: the page on DuckDB: ${ENGINE} is not installed (ARMLENS_DUCKDB names a folder where it is)\n`);
    return undefined;
  }
}

const found = engine();

it.skipIf(found === undefined)('the example of a fleet in an engine prints what it says', () => {
  const page = readFileSync(join(ROOT, 'src/guide/a-fleet-in-an-engine.md'), 'utf8');
  const code = /```js\n(.*?)```/s.exec(page)![1]!;
  const expected = [...code.matchAll(/^\/\/ ((?:north|south) \d+)$/gm)].map(([, line]) => line);
  const folder = mkdtempSync(join(tmpdir(), 'armlens-engine-'));
  try {
    const program = withDoors(code, (path) => pathToFileURL(path).href).replace(ENGINE, pathToFileURL(found!).href);
    writeFileSync(join(folder, 'example.mjs'), program);
    const { stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
