import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { RUNS_CHROMIUM, unpackedBrowser } from '../../.ci/chromium.mjs';
import { serveFolder } from '../../src/cli/serve/web-server.ts';
import type {} from './browser.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Builds the explorer, serves it and unpacks a browser: once for all tests of a run that need them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!RUNS_CHROMIUM) {
    process.stderr.write(`skipped: the tests in a browser; their Chromium runs on Linux x64, not on ${process.platform} ${process.arch}\n`);
    return async () => {};
  }
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci', 'setup.mjs'), '--build'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const folder = join(ROOT, 'dist', 'web');
  const server = await serveFolder(folder, 0);
  unpackedBrowser();
  project.provide('explorer', { url: server.url, folder });
  return () => server.close();
}
