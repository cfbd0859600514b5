import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

let explorer: Explorer;

const PI_4 = './infer/?line=fp+asimd+evtstrm+crc32+cpuid&midr=0x410fd083';
const hash = (page: Page) => page.evaluate(() => `.${location.pathname}${location.search}`);
const verdict = (page: Page) => page.locator('.inference-verdict');
const paste = (page: Page) => page.getByRole('textbox', { name: /^A Features line/ });

describe.skipIf(!HAS_BROWSER)('infer', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it('a pasted /proc/cpuinfo: kernels, core, level, fields; the address holds the question', async () => {
    const { page, faults } = await explorer.open('#/infer');
    const cpu =
      'Features\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\n';
    await paste(page).fill(`processor\t: 0\n${cpu}processor\t: 1\n${cpu}`);
    await expect.poll(() => verdict(page).innerText()).toContain('Printed by Linux 4.11');
    expect(await hash(page)).toBe(PI_4);
    expect(await page.locator('.facts').innerText()).toContain('ARM Cortex-A72 (Armv8.0-A)');
    expect(await page.getByRole('row', { name: 'ID_AA64ISAR0_EL1.CRC32' }).innerText()).toContain('1 or more');
    expect(faults).toEqual([]);
  });

  it('a link asks the same again, and the release narrows it', async () => {
    const { page, faults } = await explorer.open(PI_4);
    await expect.poll(() => paste(page).inputValue()).toBe('Features\t: fp asimd evtstrm crc32 cpuid');
    await page.getByLabel('Linux, if it is known').fill('4.4');
    await page.keyboard.press('Enter');
    await expect.poll(() => verdict(page).innerText()).not.toContain('Printed');
    expect(await hash(page)).toContain('k=4.4');
    await page.goBack();
    await expect.poll(() => verdict(page).innerText()).toContain('Printed by Linux 4.11');
    expect(faults).toEqual([]);
  });

  it('leads to a machine that prints the line', async () => {
    const { page, faults } = await explorer.open(PI_4);
    await page.getByRole('link', { name: 'Open a machine that prints this line' }).click();
    await expect.poll(() => page.locator('pre.names').first().innerText()).toContain('fp asimd evtstrm crc32 cpuid');
    expect(faults).toEqual([]);
  });

  it('typing is followed at once, and cores come when the reader pauses', async () => {
    const { page, faults } = await explorer.open('#/infer');
    await paste(page).focus();
    await page.keyboard.type('fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid');
    await expect.poll(() => page.locator('.facts').innerText()).toContain('Cortex-A53');
    expect(faults).toEqual([]);
  });

  it('hostile text: markup, control characters, a megabyte of it', async () => {
    const { page, faults } = await explorer.open('#/infer');
    await paste(page).fill('fp asimd evtstrm crc32 cpuid <img src=x onerror=alert(1)> \u0000\u202e\u001b[31m');
    await expect.poll(() => verdict(page).innerText()).toContain('Printed by Linux');
    expect(await page.locator('main img').count()).toBe(0);
    await paste(page).fill(`Features : ${'<script>alert(1)</script> '.repeat(40_000)}`);
    await expect.poll(() => verdict(page).count()).toBe(1);
    expect((await hash(page)).length).toBeLessThan(20_000);
    expect(faults).toEqual([]);
  });
});
