import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

let explorer: Explorer;

/** Text that wants to be more than text. */
const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['a script', '<script>globalThis.caught = true</script><img src=x onerror="globalThis.caught = true">\n'],
  ['a script in a dump', 'MIDR_EL1 0x410fd0c0\nID_AA64PFR0_EL1 0x11\nFOO"><img src=x onerror=globalThis.caught=1> 0x1\n'],
  [
    'a script in cpuinfo',
    'processor\t: 0\nFeatures\t: fp asimd <img/src=x/onerror=globalThis.caught=1>\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n',
  ],
  ['control characters', `\u0000\u0007\u001b[31mMIDR_EL1 0x410fd0c0\u202e\u2066\ufeff\nID_AA64PFR0_EL1 0x11\u0000\n`],
  ['names of the prototype', '{"cpus":[{"registers":{"__proto__":"0x1","constructor":"0x2","MIDR_EL1":"0x410fd0c0"}}]}'],
  ['a value that is too large', `MIDR_EL1 0x${'f'.repeat(5000)}\nID_AA64PFR0_EL1 0x11\n`],
  ['broken JSON', '{"cpus":[{"registers":'],
  ['lone surrogates', '\ud800\udc00\ud800 MIDR_EL1 0x1\n'],
  ['nothing but white space', ' \n\t\r\n'],
];

describe.skipIf(!HAS_BROWSER)('text from anywhere', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  const isCaught = '"caught" in globalThis';

  it.each(TEXTS)('%s stays text', async (_, text) => {
    const { page, faults } = await explorer.open('#/machine');
    await page.getByText('Paste or open texts').click();
    await page.locator('.paste textarea').fill(text);
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.waitForTimeout(500);
    expect(await page.evaluate(isCaught)).toBe(false);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('main').innerText()).not.toBe('');
    expect(faults).toEqual([]);
  });

  it.each([
    [5, 'h1', 'A machine from pasted text'],
    [10, '.notice', 'Note: This is longer than any capture of a machine.'],
  ])(
    'a text of %d megabytes is read or refused, and the page goes on',
    async (megabytes, place, told) => {
      const { page, faults } = await explorer.open('#/machine');
      await page.getByText('Paste or open texts').click();
      await page.locator('.paste textarea').evaluate(
        (area, count) => {
          // Whatever a browser takes to lay out so many lines is not what this is about.
          (area as HTMLElement).style.display = 'none';
          (area as HTMLTextAreaElement).value = 'ID_AA64ISAR0_EL1 0x0000100010211120\n'.repeat(count);
        },
        (megabytes << 20) / 36,
      );
      await page.getByRole('button', { name: 'Read it' }).click();
      await expect.poll(() => page.locator(place).first().innerText()).toBe(told);
      await page.getByRole('combobox', { name: 'Machine' }).selectOption('kunpeng-920');
      await expect.poll(() => page.locator('h1').innerText()).toBe('Kunpeng 920 server');
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it.each([
    '#/machine?m=<img src=x onerror=globalThis.caught=1>',
    '#/machine?p=AAAA&why=<script>',
    '#/machine?p=%00%01&set=a:b&set=ID_AA64ISAR1_EL1.LRCPC:99&cpu=-1&field=x.y',
    '#/machine?m=kunpeng-920&k=javascript:globalThis.caught=1&c=__proto__&o=CONFIG_X:y&env=zz&without=0-4095',
    '#/machine?m=__proto__',
    '#/machine?m=constructor&why=__proto__',
    '#/machine?m=kunpeng-920&mask=%3Cscript%3E&template=%7B&guest=a%3Db',
    '#/hwcap/<script>globalThis.caught=1</script>',
    '#/feat/__proto__',
    '#/cpucap/constructor',
    '#/compare?s=<b>&s=__proto__',
    '#/levels?m=__proto__&q=%F0%9F%A6%BE',
    '#/__proto__',
    '#/constructor/prototype?__proto__=1',
    `#/machine?why=${'x'.repeat(20_000)}`,
  ])('the address %s is told of, and nothing breaks', async (hash) => {
    const { page, faults } = await explorer.open(hash);
    await page.waitForTimeout(300);
    expect(await page.evaluate(isCaught)).toBe(false);
    await page.locator('.notice').first().waitFor();
    expect(faults).toEqual([]);
  });
});
