import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { serveFolder } from '../../src/cli/serve/web-server.ts';

/** Whether the Chromium that comes as a package runs here. */
export const HAS_BROWSER: boolean = process.platform === 'linux' && process.arch === 'x64';

const { version: VERSION } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8')) as {
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

function launch(folder: string): Promise<Browser> {
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: FLAGS, headless: true, env });
}

/** How a page is opened. */
export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
}

/** A page of the explorer, and what it did that it should not. */
export interface Opened {
  readonly page: Page;
  /** Errors on the console, uncaught errors, and requests to elsewhere. */
  readonly faults: readonly string[];
}

/** The built explorer on a server of its own, and a browser. */
export interface Explorer {
  readonly browser: Browser;
  readonly url: string;
  /** The folder that is served. */
  readonly folder: string;
  /** Opens an address, such as `#/machine?m=rk3588`, in a page that shares nothing with others. */
  open(hash: string, options?: PageOptions): Promise<Opened>;
  close(): Promise<void>;
}

function watch(page: Page, own: string): readonly string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('data:')) faults.push(`request: ${request.url()}`);
  });
  return faults;
}

/** Builds the page as `npm run build` does, into a folder of its own, which no other build touches. */
function buildPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-web-'));
  const args = ['node_modules/vite/bin/vite.js', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

/** Builds the explorer, serves it and starts a browser. */
export async function startExplorer(): Promise<Explorer> {
  const folder = buildPage();
  const server = await serveFolder(folder, 0);
  const browser = await launch(unpackedBrowser());
  return {
    browser,
    folder,
    url: server.url,
    async open(hash, { width = 1280, height = 800, theme = 'light' } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const faults = watch(page, server.url);
      await page.goto(`${server.url}${hash}`);
      await page.locator('main h1').waitFor();
      return { page, faults };
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
