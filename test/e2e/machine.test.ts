import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

const KUNPENG = '#/machine?m=kunpeng-920&k=5.10';
let explorer: Explorer;

const featuresLine = (page: Page) => page.locator('pre.names').first();
const editor = (page: Page) => page.locator('.field-editor');
const status = (page: Page) => page.getByRole('status').last();
const hash = (page: Page) => page.evaluate(() => `.${location.pathname}${location.search}`);

describe.skipIf(!HAS_BROWSER)('the machine view', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it('a field raised by the mouse brings the hwcaps that need it, and the address holds it', async () => {
    const { page, faults } = await explorer.open(KUNPENG);
    expect(await featuresLine(page).innerText()).not.toContain('ilrcpc');
    await page.getByRole('link', { name: /^LRCPC, bits 23 to 20/ }).click();
    await editor(page).getByLabel('Value').selectOption('2');
    expect(await featuresLine(page).innerText()).toMatch(/^Features\t: fp asimd .* lrcpc .*ilrcpc/);
    expect(await status(page).innerText()).toContain('came: lrcpc ilrcpc');
    expect(await hash(page)).toContain('set=ID_AA64ISAR1_EL1.LRCPC:2');
    await expect.poll(() => page.locator('.register.edited').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('an address with a field brings it into sight, one with an answer stays at the answer', async () => {
    const far = 'field=ID_AA64MMFR2_EL1.AT';
    const { page, faults } = await explorer.open(`${KUNPENG}&${far}`, { width: 360 });
    const inSight = (at: typeof page) =>
      editor(at)
        .locator('h4')
        .evaluate((head) => head.getBoundingClientRect().top < innerHeight);
    await expect.poll(() => inSight(page)).toBe(true);
    const other = await explorer.open(`${KUNPENG}&${far}&why=ilrcpc`, { width: 360 });
    await editor(other.page).waitFor();
    expect(await other.page.evaluate(() => scrollY)).toBe(0);
    expect([...faults, ...other.faults]).toEqual([]);
  });

  it('a field of another register opened after an edit keeps the edit, by mouse and by keyboard', async () => {
    const { page, faults } = await explorer.open(`${KUNPENG}&field=ID_AA64ISAR1_EL1.LRCPC`);
    await editor(page).getByLabel('Value').selectOption('2');
    await page.getByRole('link', { name: /^SVE, bits 35 to 32/ }).click();
    await expect.poll(() => editor(page).locator('h4').innerText()).toContain('ID_AA64PFR0_EL1.SVE');
    expect(await hash(page)).toContain('set=ID_AA64ISAR1_EL1.LRCPC:2');
    await editor(page).getByLabel('Value').selectOption('1');
    await page
      .getByRole('toolbar', { name: 'Fields of ID_AA64ISAR0_EL1 that decide' })
      .getByRole('link', { name: /^AES, bits 7 to 4/ })
      .focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => editor(page).locator('h4').innerText()).toContain('ID_AA64ISAR0_EL1.AES');
    expect(await hash(page)).toContain('set=ID_AA64ISAR1_EL1.LRCPC:2&set=ID_AA64PFR0_EL1.SVE:1');
    expect(faults).toEqual([]);
  });

  it('KVM of a host is a station: its kernel and what the vCPU is made with are chosen, and what would bring the bit is a link', async () => {
    const { page, faults } = await explorer.open('#/hwcap/sve?m=trm-neoverse-v1&k=6.12', { width: 360 });
    const station = page.locator('.stop', { hasText: /^.*(Hypervisor|KVM of Linux)/ }).nth(0);
    await station.getByLabel('Guest of').selectOption('6.1');
    await expect.poll(() => page.locator('.stop.lost .stop-title').innerText()).toContain('KVM of Linux 6.1');
    expect(await page.locator('.stop.lost .stop-words').innerText()).toContain('QEMU: -cpu host,sve=on');
    await page.getByRole('link', { name: /^vCPU: with SVE/ }).click();
    await expect.poll(() => page.locator('.stop.passed').count()).toBeGreaterThan(3);
    expect(await hash(page)).toContain('kvm=6.1&vcpu=sve');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(faults).toEqual([]);
  });

  it('undo and redo by the buttons, by the keyboard and by the browser’s way back agree', async () => {
    const { page, faults } = await explorer.open(`${KUNPENG}&field=ID_AA64ISAR1_EL1.LRCPC`);
    const value = editor(page).getByLabel('Value');
    await value.selectOption('1');
    await value.selectOption('2');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await value.inputValue()).toBe('1');
    await page.keyboard.press('Control+z');
    expect(await value.inputValue()).toBe('0');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+Shift+z');
    expect(await value.inputValue()).toBe('2');
    await page.goBack();
    expect(await value.inputValue()).toBe('1');
    expect(faults).toEqual([]);
  });

  it('a release that is not known is refused at the field; what is entered keeps the focus, and so does the last undo', async () => {
    const { page, faults } = await explorer.open('./machine/raspberry-pi-4/?why=atomics');
    const field = page.getByLabel('Release, exactly: Linux');
    const focused = () => page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? document.activeElement?.textContent);
    await page.locator('.verdict').waitFor();
    const recorded = await field.inputValue();
    for (const wrong of ['6.1zz', '99', '3.2']) {
      await field.fill(wrong);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByRole('alert').innerText()).toContain(wrong);
      expect(await page.locator('.verdict').innerText()).toContain('atomics: absent');
      expect(await hash(page)).toBe('./machine/raspberry-pi-4/?why=atomics');
    }
    await field.fill('Linux 6.1');
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page)).toContain('k=6.1');
    expect(await field.inputValue()).toBe('6.1');
    expect(await focused()).toContain('Release, exactly');
    await field.fill('');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe(recorded);
    const register = page.getByRole('textbox', { name: 'Value of ID_AA64ISAR0_EL1' });
    await register.fill('0x11121');
    await page.keyboard.press('Enter');
    await expect.poll(() => register.inputValue()).toBe('0x0000000000011121');
    expect(await focused()).toContain('Value of ID_AA64ISAR0_EL1');
    const undo = page.getByRole('button', { name: 'Undo' });
    while ((await undo.getAttribute('aria-disabled')) === 'false') await undo.press('Enter');
    expect(await focused()).toBe('Undo');
    expect(faults).toEqual([]);
  });

  it('an address with a release that is not known says so, and stands under that of the machine', async () => {
    const { page, faults } = await explorer.open('./machine/raspberry-pi-4/?k=99&why=atomics');
    expect(await page.getByRole('status').first().innerText()).toContain('"99" is no kernel release');
    const field = page.getByLabel('Release, exactly: Linux');
    expect(await field.inputValue()).toBe('6.8');
    await field.fill('6.1');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.verdict').innerText()).toContain('atomics: absent');
    expect(faults).toEqual([]);
  });

  it('“/” leads to the search from a slider, a checkbox and a menu, and is written in a field', async () => {
    const { page, faults } = await explorer.open(KUNPENG);
    const atSearch = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    for (const place of [page.getByRole('slider').first(), page.getByRole('combobox', { name: 'Configuration' })]) {
      await place.press('/');
      await expect.poll(atSearch).toBe('Search names, or paste a text');
    }
    await page.getByLabel('Release, exactly: Linux').press('/');
    expect(await page.getByLabel('Release, exactly: Linux').inputValue()).toContain('/');
    expect(faults).toEqual([]);
  });

  it('by the keyboard alone: to a register, along its fields, into the value, and up', async () => {
    const { page, faults } = await explorer.open(KUNPENG);
    await page.getByRole('textbox', { name: 'Value of ID_AA64ISAR1_EL1' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    const label = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    for (let i = 0; i < 16 && !/^LRCPC, bits 23 to 20/.test(await label()); i++) await page.keyboard.press('ArrowRight');
    expect(await label()).toMatch(/^LRCPC, bits 23 to 20/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
    await page.keyboard.press('ArrowDown');
    expect(await status(page).innerText()).toContain('came: lrcpc');
    expect(faults).toEqual([]);
  });

  it('the Tab key stops at one register of a group, arrows lead to all, and a link past them', async () => {
    const { page, faults } = await explorer.open('#/machine');
    const registers = await page.locator('.register-rows .register').count();
    const groups = await page.locator('.silicon > .register-group').count();
    const skip = page.getByRole('button', { name: 'Skip to hypervisor' });
    const isPast = () => page.evaluate(() => document.activeElement?.closest('.software') !== null);
    await skip.focus();
    let stops = 0;
    for (; stops < 3 * registers && !(await isPast()); stops++) await page.keyboard.press('Tab');
    // Of the open group a value, a field, and the rest of one register.
    expect(stops - 1).toBe(groups + 3);
    await page
      .getByRole('textbox', { name: /^Value of/ })
      .first()
      .focus();
    const names = new Set<string>();
    for (let i = 0; i < registers; i++) {
      names.add(await page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? ''));
      await page.keyboard.press('ArrowDown');
    }
    expect(names.size).toBe(registers);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('field-chip');
    await skip.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Hypervisor/);
    expect(faults).toEqual([]);
  });

  it('why: a hwcap that is absent, the place where it was lost, and a change that is made by a click', async () => {
    const { page, faults } = await explorer.open(`${KUNPENG}&why=ilrcpc`);
    const lost = page.locator('.band .stop.lost .stop-title');
    expect(await lost.innerText()).toContain('Silicon');
    await page.getByText('Station by station').click();
    expect(await page.getByRole('list', { name: 'Station by station' }).locator('.stage.lost h3').innerText()).toContain('Silicon');
    await page.getByRole('link', { name: /^silicon: ID_AA64ISAR1_EL1.LRCPC = 2/ }).click();
    await expect.poll(() => page.locator('.verdict').innerText()).toContain('ilrcpc: present');
    expect(await lost.count()).toBe(0);
    expect(await hash(page)).toContain('set=ID_AA64ISAR1_EL1.LRCPC:2');
    expect(faults).toEqual([]);
  });

  it('the kernel moved back by the slider: the bit is lost in the kernel then, and one movement is one step', async () => {
    const { page, faults } = await explorer.open('#/machine?m=parallels-m1&why=ilrcpc');
    const slider = page.getByRole('slider', { name: 'Release' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.locator('.band .stop.lost .stop-title').innerText()).toContain('Kernel');
    expect(await hash(page)).toContain('k=4.4');
    expect(await status(page).innerText()).toContain('Linux 4.4');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.locator('.band .stop.lost').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('a hypervisor’s setting stands between silicon and kernel', async () => {
    const { page, faults } = await explorer.open('#/machine?m=parallels-m1&k=5.10');
    const box = page.getByLabel('What a guest is told');
    await page.locator('summary', { hasText: 'Hypervisor' }).click();
    await box.fill('ID_AA64ISAR1_EL1.LRCPC = 1');
    await box.press('Tab');
    await expect.poll(() => status(page).innerText()).toContain('gone: ilrcpc');
    const sides = page.getByRole('table', { name: 'The same kernel on the host and in the guest' });
    await expect.poll(() => sides.getByRole('row', { name: 'Only here ilrcpc nothing' }).count()).toBe(1);
    await page.getByRole('combobox', { name: 'hwcap, FEAT, cpucap or field' }).fill('ilrcpc');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.band .stop.lost .stop-title').innerText()).toContain('Hypervisor');
    expect(faults).toEqual([]);
  });

  it('a link restores everything, in a page that knows nothing else', async () => {
    const link =
      './machine/rk3588/?k=6.12.107&c=debian&o=CONFIG_ARM64_PAN:n&cmdline=arm64.nosve&set=ID_AA64ISAR0_EL1.AES:1@0-3&without=7&cpu=2&why=pmull';
    const { page, faults } = await explorer.open(link);
    expect(await hash(page)).toBe(link);
    expect(await status(page).innerText()).toContain('Linux 6.12.107');
    expect(await status(page).innerText()).toContain('gone: pmull');
    expect(await page.locator('.cpus [aria-current]').innerText()).toContain('CPU 2');
    expect(await page.locator('.cpus').innerText()).toContain('taken away');
    expect(await page.locator('.verdict').innerText()).toContain('pmull: absent');
    expect(faults).toEqual([]);
  });

  it('pasted text of any form becomes a machine, and its address a link', async () => {
    const { page, faults } = await explorer.open('#/machine');
    await page.getByText('Paste or open texts').click();
    await page.locator('.paste textarea').fill('cpu 0\nMIDR_EL1 0x410fd0c0\nID_AA64PFR0_EL1 0x11\nID_AA64ISAR1_EL1 0x200000\n');
    await page.getByRole('button', { name: 'Read it' }).click();
    await expect.poll(() => page.locator('h1').innerText()).toBe('ARM Neoverse-N1 r0p0 from pasted text');
    await expect.poll(() => featuresLine(page).innerText()).toContain('ilrcpc');
    const again = await explorer.open(await hash(page));
    await expect.poll(() => featuresLine(again.page).innerText()).toContain('ilrcpc');
    expect([...faults, ...again.faults]).toEqual([]);
  });

  it('the Features line is copied as a terminal shows it, marks left out', async () => {
    const { page } = await explorer.open(`${KUNPENG}&set=ID_AA64ISAR1_EL1.LRCPC:2`);
    const selected = await featuresLine(page).evaluate((line) => {
      getSelection()?.selectAllChildren(line);
      return String(getSelection());
    });
    expect(selected).toBe(
      'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop asimddp asimdfhm ilrcpc',
    );
  });

  it('presented at 960 by 540, the field that is edited and the way of its bit stand in one picture, and a bit is switched there', async () => {
    const { page, faults } = await explorer.open('./machine/rk3588/?k=6.12&why=atomics&present', { width: 960, height: 540 });
    const little = page.getByRole('group', { name: /^CPU 0-3/ });
    await little.getByRole('button', { name: 'bit 21' }).click();
    await expect.poll(() => page.locator('.verdict').innerText()).toContain('atomics: absent');
    for (const part of ['.track', '.stage-field']) {
      const box = await page.locator(part).boundingBox();
      expect(box!.y).toBeGreaterThanOrEqual(0);
      expect(box!.y + box!.height).toBeLessThanOrEqual(540);
    }
    expect(await page.locator('.page-header').count()).toBe(0);
    expect(await hash(page)).toContain('set=ID_AA64ISAR0_EL1.Atomic:0@0-3');
    await page.getByRole('link', { name: 'End' }).click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('RK3588');
    expect(await hash(page)).toBe('./machine/rk3588/?k=6.12&why=atomics&set=ID_AA64ISAR0_EL1.Atomic:0@0-3');
    expect(faults).toEqual([]);
  });

  it('a machine that nobody has is told as one, and its page has the title', async () => {
    const { page, faults } = await explorer.open('./machine/kunpeng-921/');
    await expect.poll(() => page.locator('.notice').innerText()).toBe('Error: No machine kunpeng-921; did you mean kunpeng-920?');
    expect(await page.locator('h1').innerText()).toBe('No such machine');
    expect(await page.title()).toBe('No such machine · armlens');
    await page.getByRole('combobox', { name: 'Machine', exact: true }).selectOption('kunpeng-920');
    await expect.poll(() => page.title()).toBe('Kunpeng 920 server · armlens');
    expect(faults).toEqual([]);
  });

  it.each([
    ['a field of many values', 'machine/graviton3/?why=sve2&present', '.stage-values button'],
    ['what a vCPU is made with', 'hwcap/sve/?kvm=6.12&present', '.vcpu input'],
    ['a field of many values of a guest', 'hwcap/paca/?m=trm-neoverse-v1&kvm=6.1&present', '.stage-values button'],
    ['what came of it', 'hwcap/ilrcpc/?present', '.bit-switch, .stage-outcome'],
    ['a field of three kinds of CPUs', 'machine/pixel-8/?why=sve2&present', '.bit-switch'],
    ['a field of two kinds of CPUs', 'machine/rk3588/?k=6.12&why=atomics&present', '.bit-switch'],
  ])('%s is presented within the same picture', async (_, address, part) => {
    const { page } = await explorer.open(address, { width: 960, height: 540 });
    await page.locator(part).nth(4).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(540);
  });

  it('what “Copy embed code” gives is a figure in another page: no header, its ground, and as high as it needs', async () => {
    const { page, faults } = await explorer.open('./hwcap/ilrcpc/?m=kunpeng-920&k=5.10');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('.share > summary').click();
    await page.getByRole('button', { name: /^Copy embed code/ }).click();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    expect(faults).toEqual([]);
    const around = await page.context().newPage();
    const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(`<!doctype html>${code}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await around.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const figure = around.frameLocator('iframe');
    await figure.locator('.stage-field').waitFor();
    expect(await figure.locator('.page-header, .page-footer').count()).toBe(0);
    expect(await figure.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)).toBe('rgba(0, 0, 0, 0)');
    const height = () => around.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().height);
    const needed = await figure.locator('main').evaluate((main) => Math.ceil(main.getBoundingClientRect().height));
    await expect.poll(height).toBe(needed);
    await figure.getByRole('button', { name: /^2 / }).click();
    await expect.poll(() => figure.locator('.verdict').innerText()).toContain('ilrcpc: present');
    server.close();
  });
});
