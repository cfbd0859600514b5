import type { Browser, Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { launchChromium } from '../../.ci/chromium.mjs';

/** Where the tests of a run find the explorer. */
export interface ExplorerPlace {
  readonly url: string;
  /** The folder that is served. */
  readonly folder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Absent where Chromium does not run. */
    explorer?: ExplorerPlace;
  }
}

const place = inject('explorer');

/** Whether there is a browser; explorer-setup.ts, which starts it, tells if not. */
export const HAS_BROWSER: boolean = place !== undefined;

/** How long a page may keep a test waiting: no measure of it, only an end to a hang, on a busy machine too. */
const PATIENCE = 90_000;

/** How a page is opened. */
export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Whether the reader stirs, so that all that comes later comes; as a rule. */
  readonly stirs?: boolean;
}

/** A page of the explorer, and what it did that it should not. */
export interface Opened {
  readonly page: Page;
  /** Errors on the console, uncaught errors, and requests to elsewhere. */
  readonly faults: readonly string[];
}

/** The built explorer on its server, and a browser. */
export interface Explorer {
  readonly browser: Browser;
  readonly url: string;
  /** The folder that is served. */
  readonly folder: string;
  /**
   * Opens an address, such as `#/machine?m=rk3588`, in a page that shares nothing with others and ends with the test. No service worker
   * keeps it for a time without a network: delivery.test.ts is about that.
   */
  open(hash: string, options?: PageOptions): Promise<Opened>;
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

/** Keeps service workers out: one would fetch and store every view, which is more work than most tests. */
function refuseWorkers(): void {
  ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('a page of a test'));
}

let launched: Promise<Browser> | undefined;

/** Takes the browser, which is started once a worker and ends with it, and the explorer of this run. */
export async function startExplorer(): Promise<Explorer> {
  if (place === undefined) throw new Error('there is no browser');
  const { url, folder } = place;
  launched ??= launchChromium();
  const browser = await launched;
  return {
    browser,
    folder,
    url,
    async open(hash, { width = 1280, height = 800, theme = 'light', stirs = true } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
      // A page that is left open goes on working.
      onTestFinished(() => context.close());
      await context.addInitScript(refuseWorkers);
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      const faults = watch(page, url);
      await page.goto(`${url}${hash}`);
      await page.locator('#app[data-live] main h1').waitFor();
      if (stirs) {
        await page.keyboard.press('Shift');
        await page.locator('[aria-busy]').waitFor({ state: 'detached' });
      }
      return { page, faults };
    },
  };
}
