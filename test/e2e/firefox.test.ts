import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FIREFOX, type Firefox, startFirefox } from '../support/firefox.ts';

const place = inject('explorer');

if (FIREFOX === undefined) process.stderr.write('skipped: the tests in Firefox; there is no firefox-esr or firefox\n');

/** The key of WebDriver for Enter. */
const ENTER = '\uE007';

let firefox: Firefox;

describe.skipIf(FIREFOX === undefined || place === undefined)('in Firefox', () => {
  beforeAll(async () => {
    firefox = await startFirefox();
  });
  afterAll(() => firefox?.close());

  const open = async (address: string): Promise<void> => {
    await firefox.open(`${place!.url}${address}`);
    await expect.poll(() => firefox.run("return document.querySelector('#app[data-live] main h1') !== null")).toBe(true);
  };
  const text = (selector: string): Promise<unknown> =>
    firefox.run(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? null`);

  it('the first page shows the way of a bit', async () => {
    await open('');
    await expect.poll(() => text('.track')).toContain('Silicon');
  });

  it('a name is found by the keyboard alone: /, an instruction, Enter', async () => {
    await open('');
    await firefox.type('/');
    await firefox.type('FRINT32Z');
    await expect.poll(() => text('.search [role="option"]')).toContain('FRINT32Z');
    await firefox.type(ENTER);
    await expect.poll(() => text('main h1')).toContain('FRINT32Z');
    await expect.poll(() => firefox.run('return document.activeElement?.id')).toBe('main');
  });

  it('a field that is edited changes what the kernel shows, and the way back undoes it', async () => {
    await open('machine/?m=kunpeng-920&k=5.10&field=ID_AA64ISAR1_EL1.LRCPC');
    await expect.poll(() => text('.field-editor')).toContain('LRCPC');
    const names = async (): Promise<readonly string[]> => String(await text('pre.names')).split(/\s+/);
    expect(await names()).not.toContain('lrcpc');
    await firefox.run(`const select = document.querySelector('.field-editor select');
      select.value = '1';
      select.dispatchEvent(new Event('change', { bubbles: true }));`);
    await expect.poll(names).toContain('lrcpc');
    await firefox.run('history.back()');
    await expect.poll(names).not.toContain('lrcpc');
  });

  it.each(['', 'hwcap/ilrcpc/', 'machine/rk3588/', 'compare/?s=parallels-m1&s=kunpeng-920', 'levels/'])(
    '“%s” fits a narrow page',
    async (address) => {
      await firefox.resize(450, 800);
      await open(address);
      expect(await firefox.run('return document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    },
  );
});
