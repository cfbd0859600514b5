import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';
import { GUIDE_NAMES, PAGES } from '../support/examples.ts';

let explorer: Explorer;

const hash = (page: Page) => page.evaluate(() => `.${location.pathname}${location.search}`);

/** How far the page is wider than the window. */
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** The words of a page as its file has them, without marks. */
function wordsOf(name: string): readonly string[] {
  const { text } = PAGES.find(({ path }) => path === `src/guide/${name}.md`)!;
  const plain = text
    .replace(/<!--.*?-->/g, '')
    .replace(/\]\([^)]*\)/g, '')
    .replace(/^\|[ -|]*\|$/gm, '');
  return [...plain.matchAll(/[A-Za-z0-9_]{4,}/g)].map(([word]) => word);
}

describe.skipIf(!HAS_BROWSER)('the guide', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  });

  it('leads from the header to the index, on to a page, and to the next', async () => {
    const { page, faults } = await explorer.open('');
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Guide' }).click();
    await page.getByRole('heading', { level: 1, name: 'The guide' }).waitFor();
    await page.getByRole('article').getByRole('link', { name: 'Read a dump' }).click();
    await page.getByRole('heading', { level: 1, name: 'Read a dump' }).waitFor();
    expect(await hash(page)).toBe('./guide/read-a-dump/');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Ask why' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ask why' }).waitFor();
    expect(faults).toEqual([]);
  });

  // Nothing but styles asks for the width.
  it.each(GUIDE_NAMES)('%s at 360 and 1280 px: every word of it, no wider than the window, links that lead to something', async (name) => {
    const { page, faults } = await explorer.open(name === 'index' ? '#/guide' : `#/guide/${name}`, { width: 360 });
    const words = wordsOf(name).filter((word) => !/^(text|console|json|shell|markdown)$/.test(word));
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const shown = await page.getByRole('article').innerText();
      const missing = words.filter((word) => !shown.includes(word));
      expect(missing, `${width} px`).toEqual([]);
      expect(await overflow(page), `${width} px`).toBeLessThanOrEqual(0);
      const links = await page
        .getByRole('article')
        .getByRole('link')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      const pages = links.flatMap((href) => /^\/guide\/(.+)\/$/.exec(href)?.[1] ?? []);
      expect(pages.filter((one) => !GUIDE_NAMES.includes(one))).toEqual([]);
      expect(links.filter((href) => !/^(\/guide\/|https:\/\/)/.test(href))).toEqual([]);
    }
    expect(faults).toEqual([]);
  });

  it('a page that is not there is told, with the nearest', async () => {
    const { page, faults } = await explorer.open('#/guide/ask-wyh');
    await page.getByRole('link', { name: 'ask-why' }).waitFor();
    expect(await page.locator('main h1').innerText()).toBe('The guide');
    expect(faults).toEqual([]);
  });

  it('a lesson: one says what will happen, sees it, and flips it; a step of it is a slide, and a file of one’s own opens', async () => {
    const { page, faults } = await explorer.open('./lesson/id-field/');
    const step = page.getByRole('region', { name: '1. A field that is zero' });
    await step.getByRole('button', { name: 'Yes' }).click();
    await expect.poll(() => step.innerText()).toContain('Not as you said.');
    expect(await step.innerText()).toContain('until it arrives');
    await step.getByRole('button', { name: 'bit 20' }).click();
    await expect.poll(() => step.locator('.lesson-flip').innerText()).toContain('It arrives.');
    await page.goto(new URL('./lesson/id-field/?present&step=2', explorer.url).href);
    await page.getByRole('heading', { name: '2. A field that counts' }).waitFor();
    await page.keyboard.press('PageDown');
    const third = page.getByRole('heading', { name: /^3\. / });
    await expect.poll(() => third.evaluate((heading) => heading === document.activeElement)).toBe(true);
    expect(await hash(page)).toBe('./lesson/id-field/?present&step=3');
    await page.goBack();
    await page.getByRole('heading', { name: '2. A field that counts' }).waitFor();
    await page.goto(new URL('./lesson/', explorer.url).href);
    const text = '# Mine\n\n## One\n\n```way\nmachine/rk3888/\nask sve\n```\n';
    await page.getByLabel('Open a lesson').setInputFiles({ name: 'mine.md', mimeType: 'text/markdown', buffer: Buffer.from(text) });
    await expect.poll(() => page.locator('.notice').innerText()).toContain('Line 6: no machine rk3888; did you mean rk3588?');
    await expect.poll(() => hash(page)).toContain('lesson/?p=');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('a lesson is printed when its answers are there, however soon one asks', async () => {
    const { page, faults } = await explorer.open('./lesson/sigill/', { stirs: false });
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', document.querySelector('.answer-sheet')?.textContent ?? 'nothing');
    });
    await page.getByRole('button', { name: 'Print as a sheet' }).evaluate((button) => (button as HTMLElement).click());
    await page.locator('[data-printed]').waitFor();
    const printed = await page.locator('body').getAttribute('data-printed');
    expect(printed?.match(/: (?:present|absent)\./g)).toHaveLength(4);
    expect(faults).toEqual([]);
  });

  it.each([
    ['no-sve', 1],
    ['way-of-a-hwcap', 3],
    ['big-little', 4],
  ])('presented at 960 by 540, the answer to a question of %s and the field to change stand in one picture', async (name, step) => {
    const { page, faults } = await explorer.open(`./lesson/${name}/?present&step=${step}`, { width: 960, height: 540 });
    await page.locator('.lesson-question button').first().click();
    for (const part of ['.lesson-question', '.verdict', '.track', '.stage-field', '.stage-outcome']) {
      await page.locator(part).waitFor();
      const box = await page.locator(part).boundingBox();
      expect(box!.y, part).toBeGreaterThanOrEqual(0);
      expect(box!.y + box!.height, part).toBeLessThanOrEqual(540);
    }
    expect(faults).toEqual([]);
  });

  it('on paper a lesson has questions with room to answer, and the answers last', async () => {
    const { page } = await explorer.open('./lesson/erratum/');
    await page.emulateMedia({ media: 'print' });
    const answers = page.locator('.answer-sheet');
    await expect.poll(() => answers.innerText()).toContain('2. After the erratum was published: Kernel. ssbs: absent');
    expect(await page.locator('.question-sheet .room').count()).toBe(9);
    expect(await page.locator('.lesson-question').first().isVisible()).toBe(false);
    expect(await answers.evaluate((sheet) => getComputedStyle(sheet).breakBefore)).toBe('page');
  });
});
