import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

let explorer: Explorer;

const hash = (page: Page) => page.evaluate(() => `.${location.pathname}${location.search}`);
const summary = (page: Page) => page.getByRole('status').filter({ hasText: 'differ' });

/** What a row says of each machine, as it is read aloud. */
const row = (page: Page, name: string) =>
  page
    .getByRole('row', { name })
    .first()
    .getByRole('img')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));

/** Where the last cell of a row begins. */
const lastCell = async (page: Page, name: string | RegExp) =>
  (await page.getByRole('row', { name }).first().getByRole('cell').last().boundingBox())?.x;

describe.skipIf(!HAS_BROWSER)('the comparison', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it('begins with the question that started the project: 14 hwcaps, from field to hwcap', async () => {
    const { page, faults } = await explorer.open('#/compare');
    await expect.poll(() => summary(page).innerText()).toMatch(/^They differ in 14 hwcaps,/);
    const cause = page.getByRole('row', { name: /^ID_AA64ISAR1_EL1.LRCPC/ });
    expect(await cause.innerText()).toMatch(/2 LRCPC2\s+0 NI/);
    expect(await row(page, 'hwcap ilrcpc')).toEqual(['has it', 'has it not']);
    expect(await lastCell(page, 'hwcap ilrcpc')).toBe(await lastCell(page, /^ID_AA64ISAR1_EL1.LRCPC/));
    expect(faults).toEqual([]);
  });

  it('an example brings its title along', async () => {
    const { page, faults } = await explorer.open('./compare/');
    await page.getByRole('link', { name: 'One machine, three kernels' }).click();
    await expect.poll(() => page.title()).toBe('parallels-m1: Linux 4.14 and Linux 5.4 and Linux 7.2 compared · armlens');
    await page.goBack();
    await expect.poll(() => page.title()).toBe('Compare machines or kernels · armlens');
    expect(faults).toEqual([]);
  });

  it('styles of the machine view, which stay on the page, change nothing here', async () => {
    const { page } = await explorer.open('#/machine');
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await expect.poll(() => summary(page).count()).toBe(1);
    expect(await lastCell(page, 'hwcap ilrcpc')).toBe(await lastCell(page, /^ID_AA64ISAR1_EL1.LRCPC/));
  });

  it('a third machine by the keyboard, another kernel, and back', async () => {
    const { page, faults } = await explorer.open('#/compare?s=parallels-m1@5.10&s=kunpeng-920@5.10');
    await page.getByText('Change what is compared').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add one' }).focus();
    await page.keyboard.press('Enter');
    const third = page.getByRole('group', { name: 'Machine 3' });
    await third.getByRole('combobox', { name: 'Machine' }).selectOption('ampere-altra');
    await third.getByRole('combobox', { name: 'Linux', exact: true }).fill('6.12');
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page)).toBe('./compare/?s=parallels-m1@5.10&s=kunpeng-920@5.10&s=ampere-altra@6.12');
    await expect.poll(() => row(page, 'hwcap ilrcpc')).toEqual(['has it', 'has it not', 'has it not']);
    await third.getByRole('button', { name: 'Leave out' }).click();
    await expect.poll(() => row(page, 'hwcap ilrcpc')).toEqual(['has it', 'has it not']);
    await page.goBack();
    await expect.poll(() => row(page, 'hwcap ilrcpc')).toHaveLength(3);
    expect(faults).toEqual([]);
  });

  it('kernels: the release is the cause', async () => {
    const { page, faults } = await explorer.open('#/compare?s=parallels-m1@4.16&s=parallels-m1@4.17');
    await expect.poll(() => page.getByRole('row', { name: /^Kernel/ }).innerText()).toMatch(/4\.16\s+4\.17/);
    expect(await row(page, 'hwcap ilrcpc')).toEqual(['has it not', 'has it']);
    expect(faults).toEqual([]);
  });

  it('a pasted text stands beside a known machine, and the address holds it', async () => {
    const { page, faults } = await explorer.open('#/compare?s=kunpeng-920@5.10&s=kunpeng-920@5.10');
    await expect.poll(() => page.getByText('No difference.').count()).toBe(1);
    const second = page.getByRole('group', { name: 'Machine 2' });
    await second.getByText('Paste or open texts').click();
    await second.locator('textarea').fill('cpu 0\nMIDR_EL1 0x481fd010\nID_AA64PFR0_EL1 0x11\nID_AA64ISAR1_EL1 0x200000\n');
    await second.getByRole('button', { name: 'Read it' }).click();
    await expect.poll(() => row(page, 'hwcap ilrcpc')).toEqual(['has it not', 'has it']);
    const again = await explorer.open(await hash(page));
    await expect.poll(() => row(again.page, 'hwcap ilrcpc')).toEqual(['has it not', 'has it']);
    expect([...faults, ...again.faults]).toEqual([]);
  });

  it('the machine view leads here with what was changed', async () => {
    const { page, faults } = await explorer.open('#/machine?m=kunpeng-920&k=5.10&set=ID_AA64ISAR1_EL1.LRCPC:2');
    await page.getByRole('link', { name: 'Compare with the start' }).click();
    await expect.poll(() => row(page, 'hwcap ilrcpc')).toEqual(['has it not', 'has it']);
    await page.getByText('Change what is compared').click();
    expect(await page.getByRole('group', { name: 'Machine 2' }).innerText()).toContain('set=ID_AA64ISAR1_EL1.LRCPC:2');
    expect(faults).toEqual([]);
  });

  it('tells what it cannot take, and shows hostile text as text', async () => {
    const { page, faults } = await explorer.open(`#/compare?s=${encodeURIComponent('<img src=x onerror=alert(1)>@9.9')}&s=kunpeng-920`);
    await expect.poll(() => page.getByRole('alert').last().innerText()).toContain('No machine <img src=x');
    expect(await page.getByText('Nothing is compared: machine 1: ').innerText()).toContain('no machine <img src=x');
    expect(await page.locator('main img').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('of one machine that nobody has, why nothing is compared is told once', async () => {
    const { page } = await explorer.open('./compare/?m=kunpeng-921');
    const notice = page.getByText('Nothing is compared: ');
    await expect
      .poll(() => notice.innerText())
      .toBe('Note: Nothing is compared: machines 1 and 2: no machine kunpeng-921; did you mean kunpeng-920?');
  });

  it('a line is copied as a terminal shows it', async () => {
    const { page } = await explorer.open('#/compare?s=parallels-m1@5.10&s=kunpeng-920@5.10');
    const line = page.locator('.compared-line').nth(1);
    const selected = await line.evaluate((element) => {
      getSelection()?.selectAllChildren(element);
      return String(getSelection());
    });
    expect(selected).toBe(
      'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma dcpop asimddp asimdfhm',
    );
  });
});
