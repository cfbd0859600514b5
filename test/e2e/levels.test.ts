import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

let explorer: Explorer;

const hash = (page: Page) => page.evaluate(() => `.${location.pathname}${location.search}`);

/** The signs of a FEAT's row, as they are read aloud. */
const row = (page: Page, name: string) =>
  page
    .getByRole('row', { name: new RegExp(`^${name}\\b`) })
    .getByRole('img')
    .evaluateAll((signs) => signs.map((sign) => sign.getAttribute('aria-label')));

describe.skipIf(!HAS_BROWSER)('levels', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it('the matrix alone: FEAT_LRCPC2 is optional, then mandatory', async () => {
    const { page, faults } = await explorer.open('#/levels');
    expect(await row(page, 'FEAT_LRCPC2')).toEqual(['optional', 'mandatory', 'mandatory']);
    expect(faults).toEqual([]);
  });

  it('a machine is laid over it by the mouse; it tells what is missing, and the address holds it', async () => {
    const { page, faults } = await explorer.open('#/levels');
    await page.getByRole('combobox', { name: 'Machine' }).selectOption('raspberry-pi-4');
    await expect.poll(() => page.getByRole('row', { name: /^by its registers/ }).innerText()).toContain('Armv8.0-A');
    await page.getByRole('combobox', { name: 'Linux', exact: true }).fill('6.12');
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page)).toBe('./levels/?m=raspberry-pi-4&k=6.12');
    expect(await row(page, 'FEAT_CRC32')).toEqual(['there', 'there', 'there', 'optional', 'mandatory', 'mandatory']);
    expect(await page.getByRole('row', { name: /^FEAT_LSE\b/ }).innerText()).toContain('missing for 8.1');
    await page.getByRole('link', { name: 'Without a machine' }).click();
    await expect.poll(() => hash(page)).toBe('./levels/');
    expect(faults).toEqual([]);
  });

  it('the filter by keyboard, and a link that restores it with the machine', async () => {
    const { page, faults } = await explorer.open('#/levels?m=kunpeng-920&k=5.10');
    await page.getByRole('searchbox', { name: 'Filter' }).focus();
    await page.keyboard.type('rcpc');
    const address = await hash(page);
    expect(address).toBe('./levels/?m=kunpeng-920&k=5.10&q=rcpc');
    const again = await explorer.open(address);
    const standing = ['not there', 'not there', 'not there', 'optional', 'mandatory', 'mandatory'];
    await expect.poll(() => row(again.page, 'FEAT_LRCPC')).toEqual(standing);
    expect(await again.page.getByRole('row', { name: /^FEAT_/ }).count()).toBe(3);
    expect([...faults, ...again.faults]).toEqual([]);
  });

  it('the head of a column leads to what its level brings, the machine stays', async () => {
    const { page, faults } = await explorer.open('#/levels?m=kunpeng-920');
    await page.getByRole('columnheader', { name: '8.6' }).getByRole('link').click();
    await expect.poll(() => hash(page)).toBe('./levels/Armv8.6-A/?m=kunpeng-920');
    expect(await page.getByRole('region', { name: 'What Armv8.6-A adds' }).innerText()).toContain('FEAT_I8MM');
    expect(await row(page, 'FEAT_I8MM')).toContain('mandatory');
    expect(await page.getByRole('row', { name: /^FEAT_LRCPC\b/ }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('what it cannot take is told', async () => {
    const { page, faults } = await explorer.open('#/levels?m=kunpeng-921&q=%3Cscript%3E');
    await expect.poll(() => page.locator('.notice').innerText()).toContain('kunpeng-920');
    expect(faults).toEqual([]);
  });
});
