import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserServer, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { serveFolder } from '../../src/cli/serve/web-server.ts';
import type {} from './browser.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8')) as {
  readonly version: string;
};
const UNPACKED = join(tmpdir(), `armlens-chromium-${VERSION}-${userInfo().uid}`);

/** Makes the package unpack itself, with the libraries and fonts that a bare system lacks. */
const UNPACK = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";

/** Unpacks Chromium once a machine. Whoever comes at the same time does the same work, and the first one's result stays. */
function unpackedBrowser(): string {
  if (existsSync(UNPACKED)) return UNPACKED;
  const staging = mkdtempSync(join(tmpdir(), 'armlens-unpack-'));
  const env = { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', UNPACK], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  try {
    renameSync(staging, UNPACKED);
  } catch (error) {
    if (!existsSync(UNPACKED)) throw error;
    rmSync(staging, { recursive: true, force: true });
  }
  return UNPACKED;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--font-render-hinting=none',
];

/** A configuration that names the font of the package and nothing of the system; without any font Chromium crashes. */
function fontsFile(folder: string): string {
  const file = join(folder, 'own-fonts.conf');
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
  if (existsSync(file)) return file;
  const staging = `${file}-${process.pid}`;
  writeFileSync(staging, text);
  renameSync(staging, file);
  return file;
}

function launch(folder: string): Promise<BrowserServer> {
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: fontsFile(folder) };
  return chromium.launchServer({ executablePath: join(folder, 'chromium'), args: FLAGS, headless: true, env, timeout: 180_000 });
}

/** Builds the explorer, serves it and starts a browser: once for all tests of a run that need them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    process.stderr.write(`skipped: the tests in a browser; their Chromium runs on Linux x64, not on ${process.platform} ${process.arch}\n`);
    return async () => {};
  }
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci', 'setup.mjs'), '--build'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const folder = join(ROOT, 'dist', 'web');
  const server = await serveFolder(folder, 0);
  const browser = await launch(unpackedBrowser());
  project.provide('explorer', { browser: browser.wsEndpoint(), url: server.url, folder });
  return async () => {
    await browser.close();
    await server.close();
  };
}
