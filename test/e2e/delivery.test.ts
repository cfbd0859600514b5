import { beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../src/cli/serve/web-server.ts';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

let explorer: Explorer;

describe.skipIf(!HAS_BROWSER)('delivery', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it('what was opened once works without a network, views that were never opened among it', async () => {
    const server = await serveFolder(explorer.folder, 0);
    const context = await explorer.browser.newContext();
    const page = await context.newPage();
    await page.goto(server.url);
    await page.locator('#app[data-live] main h1').waitFor();
    await page.keyboard.press('Shift');
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await server.close();
    for (const [path, words] of [
      ['machine/raspberry-pi-4/?k=5.10', 'Cortex-A72'],
      ['hwcap/sve2/', 'sve2'],
      ['levels/', 'levels'],
      ['guide/ask-why/', 'why'],
      ['', 'Arm CPU'],
    ] as const) {
      await page.goto(`${server.url}${path}`);
      await page.locator('#app[data-live] main h1').waitFor();
      expect(await page.locator('main h1').innerText(), path).toContain(words);
    }
    await context.close();
  });

  it('the way back leads to where the reader was', async () => {
    const { page } = await explorer.open('#/hwcap/ilrcpc');
    await page.evaluate(() => scrollTo(0, 700));
    await page.waitForFunction(() => (history.state as { scrolled?: number } | null)?.scrolled === 700);
    await page
      .locator('main a[href*="core/"], main a[href*="cpucap/"], main a[href*="release/"]')
      .first()
      .evaluate((link: HTMLElement) => link.click());
    await page.waitForFunction(() => scrollY === 0);
    await page.goBack();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(700);
  });

  it('a machine is found by the name of a product, and errors name no option of the command', async () => {
    const { page } = await explorer.open('#/machine?m=graviton2');
    await expect.poll(() => page.locator('main').innerText()).toContain('Neoverse-N1');
    await page.goto(`${explorer.url}machine/?m=nonesuch`);
    await page.locator('.notice').first().waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/(?:^|\s)--[a-z]/);
  });
});
