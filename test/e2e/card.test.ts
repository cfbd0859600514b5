import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

let explorer: Explorer;

const hash = (page: Page) => page.evaluate(() => `.${location.pathname}${location.search}`);
const facts = (page: Page) => page.locator('.facts').first();

/** The cells of a machine's row in the matrix, as they are read aloud. */
async function rowOf(page: Page, machine: string): Promise<readonly string[]> {
  // The matrix is filled when it comes near.
  await page.locator('summary').last().scrollIntoViewIfNeeded();
  const marks = page.getByRole('row', { name: machine }).getByRole('img');
  await expect.poll(() => marks.count()).toBe(13);
  return marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label') ?? ''));
}

describe.skipIf(!HAS_BROWSER)('cards', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it.each([
    [360, '#/hwcap/ilrcpc', '.stop-words, .verdict'],
    [768, '#/hwcap/ilrcpc', '.stop-words, .verdict'],
    [1280, '#/hwcap/ilrcpc', '.stop-words, .verdict'],
    [360, '#/compare?m=graviton2&m=graviton3', '.compared-cause a'],
  ])('at %i pixels no part of a name is broken on %s', async (width, hash, where) => {
    const { page } = await explorer.open(hash, { width });
    await page.locator(where).first().waitFor();
    const broken = await page.locator(where).evaluateAll((all) =>
      all.flatMap((words) => {
        const texts = document.createNodeIterator(words, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
          for (const { 0: part, index } of (node.textContent ?? '').matchAll(/[a-z0-9]+/gi)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + part.length);
            if (range.getClientRects().length > 1) found.push(part);
          }
        }
        return found;
      }),
    );
    expect(broken).toEqual([]);
  });

  it('from the index to the card of ilrcpc, by the filter and the keyboard', async () => {
    const { page, faults } = await explorer.open('#/hwcap');
    await page.getByRole('searchbox', { name: 'Filter' }).focus();
    await page.keyboard.type('ldapur');
    expect(await page.getByRole('status').innerText()).toBe('1 of 124');
    expect(await hash(page)).toBe('./hwcap/?q=ldapur');
    await page.getByRole('link', { name: 'ilrcpc', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').innerText()).toContain('ilrcpc');
    expect(await facts(page).innerText()).toContain('ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)');
    await page.goBack();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ldapur');
    expect(faults).toEqual([]);
  });

  it('who has ilrcpc, and with which kernel: the M1 since 4.14.177, the Kunpeng never', async () => {
    const { page, faults } = await explorer.open('#/hwcap/ilrcpc');
    const m1 = await rowOf(page, 'MacBook Air M1');
    expect(m1[0]).toBe('has it');
    expect(m1.slice(1, 3)).toEqual(Array(2).fill('the registers have it, this kernel does not show it'));
    expect(m1.slice(3)).toEqual(Array(10).fill('has it'));
    expect(new Set(await rowOf(page, 'Kunpeng 920 server'))).toEqual(new Set(['has it not']));
    await page.getByRole('row', { name: 'MacBook Air M1' }).getByRole('link', { name: 'does not show it' }).first().click();
    await expect.poll(() => hash(page)).toBe('./machine/parallels-m1/?k=4.4.155&why=ilrcpc');
    await expect.poll(() => page.locator('.band .stop.lost .stop-title').innerText()).toContain('Kernel');
    expect(faults).toEqual([]);
  });

  it('on a phone a list of names has room for what each is', async () => {
    const { page } = await explorer.open('hwcap/', { width: 360 });
    const box = await page.locator('.card-index tbody td').first().boundingBox();
    expect(box?.width ?? 0).toBeGreaterThan(150);
  });

  it('leads to the FEAT, its field, and the question why', async () => {
    const { page, faults } = await explorer.open('#/hwcap/ilrcpc');
    await facts(page).getByRole('link', { name: 'FEAT_LRCPC2' }).click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('FEAT_LRCPC2');
    await facts(page).getByRole('link', { name: 'Why a machine has it or not' }).click();
    await expect.poll(() => hash(page)).toBe('./machine/?why=FEAT_LRCPC2');
    expect(faults).toEqual([]);
  });

  it('an address that nobody wrote in good faith shows text, and the way on', async () => {
    const { page, faults } = await explorer.open(`#/hwcap/${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
    expect(await page.locator('h1').innerText()).toBe('No such hwcap');
    expect(await page.locator('main img').count()).toBe(0);
    await page.goto(`${explorer.url}#/hwcap/ilrcp`);
    await page.getByRole('link', { name: 'ilrcpc', exact: true }).click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('ilrcpc');
    expect(faults).toEqual([]);
  });

  it('the box in the header: by /, by what is typed, by Enter; focus goes to the page that opened', async () => {
    const { page, faults } = await explorer.open('levels/');
    await page.keyboard.press('/');
    await page.keyboard.type('frint32z');
    await page.getByRole('option', { name: /^FRINT32Z/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page)).toBe('./insn/FRINT32Z/');
    await expect.poll(() => page.title()).toBe('FRINT32Z: instruction · armlens');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(faults).toEqual([]);
  });

  it('a text that is pasted into the box becomes a machine', async () => {
    const { page, faults } = await explorer.open('hwcap/ilrcpc/');
    await page.getByRole('combobox', { name: /^Search names/ }).evaluate((box) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'MIDR_EL1 0x410fd0c0\nID_AA64PFR0_EL1 0x11\nID_AA64ISAR1_EL1 0x200000\n');
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect.poll(() => page.locator('h1').innerText()).toBe('ARM Neoverse-N1 r0p0 from pasted text');
    expect(faults).toEqual([]);
  });

  it('the way of the bit: the way back undoes one change after the other, and what a value is called stays', async () => {
    const { page, faults } = await explorer.open('', { stirs: false });
    const choice = (name: string) =>
      page
        .locator('.live-way')
        .getByRole('combobox', { name })
        .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]!.text);
    expect(await choice('LRCPC')).toBe('2 LRCPC2');
    await page.keyboard.press('Shift');
    await expect.poll(() => choice('LRCPC')).toMatch(/^2 LRCPC2: /);
    const first = await choice('Machine');
    await page.locator('.live-way').getByLabel('Machine').selectOption('rk3588');
    await page.getByRole('slider', { name: 'Linux release' }).fill('0');
    await expect.poll(() => hash(page)).toBe('./?m=rk3588&k=4.4');
    await page.goBack();
    await expect.poll(() => hash(page)).toBe('./?m=rk3588');
    await page.goBack();
    await expect.poll(() => choice('Machine')).toBe(first);
    expect(await hash(page)).toBe('./');
    expect(faults).toEqual([]);
  });

  it('a kernel that nobody knows is told, and the way stands under another', async () => {
    const { page, faults } = await explorer.open('./hwcap/ilrcpc/?k=99');
    expect(await page.locator('.live-way .notice').innerText()).toContain('"99" is no kernel release');
    expect(await page.locator('.track').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('the way of the bit: another machine and another kernel in the picture, and the back button keeps the place', async () => {
    const { page, faults } = await explorer.open('hwcap/ilrcpc/');
    const lost = () => page.locator('.live-way .stop.lost').innerText();
    await page.locator('.live-way').getByLabel('Machine').selectOption('kunpeng-920');
    await expect.poll(lost).toContain('Silicon');
    await page.locator('.live-way').getByRole('combobox', { name: 'LRCPC' }).selectOption('2');
    await expect.poll(() => page.locator('.live-way .stop.lost').count()).toBe(0);
    await page.getByRole('slider', { name: 'Linux release' }).fill('0');
    await expect.poll(lost).toContain('Kernel');
    expect(await hash(page)).toBe('./hwcap/ilrcpc/?m=kunpeng-920&set=ID_AA64ISAR1_EL1.LRCPC:2&k=4.4');
    // Who follows a link at once after scrolling comes back to there, too.
    await page
      .getByRole('link', { name: 'Armv8.4-A' })
      .first()
      .evaluate((link) => {
        scrollTo(0, 600);
        (link as HTMLElement).click();
      });
    await expect.poll(() => page.locator('h1').innerText()).toContain('Armv8.4-A');
    await page.goBack();
    await expect.poll(() => page.locator('h1').innerText()).toContain('ilrcpc');
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(600);
    expect(faults).toEqual([]);
  });

  it.each([
    'hwcap/',
    'feat/',
    'hwcap/ilrcpc/',
    'feat/FEAT_SVE/',
    'cpucap/HAS_PAN/',
    'erratum/1508412/',
    'field/ID_AA64PFR0_EL1.EL3/',
    'level/Armv8.5-A/?m=graviton2',
    'machine/graviton3/?kvm=6.1&why=sve',
  ])('%s: no cell is blank without a legend that says what that means', async (address) => {
    const { page } = await explorer.open(address);
    await page.waitForLoadState('networkidle');
    const blank = await page.evaluate(() => {
      const isTold = [...document.querySelectorAll('.legend')].some((legend) => legend.textContent.includes('empty:'));
      const cells = [...document.querySelectorAll<HTMLElement>('main td')].filter((cell) => cell.innerText.trim() === '');
      return cells.filter(
        (cell) =>
          cell.querySelector('input, select, svg, button') === null && getComputedStyle(cell, '::before').content === 'none' && !isTold,
      ).length;
    });
    expect(blank).toBe(0);
  });
});
