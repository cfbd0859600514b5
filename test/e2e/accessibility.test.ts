import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, startExplorer } from '../support/browser.ts';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const VIEWS: readonly (readonly [name: string, hash: string])[] = [
  ['first page', ''],
  ['machine', '#/machine?m=kunpeng-920&k=5.10&set=ID_AA64ISAR1_EL1.LRCPC:2&field=ID_AA64ISAR1_EL1.LRCPC&why=ilrcpc'],
  ['machine with many CPUs', '#/machine?m=rk3588&guest=ID_AA64ISAR0_EL1.SHA2%3D0&cmdline=arm64.nosve&o=CONFIG_ARM64_PAN:n&why=HAS_PAN'],
  ['hwcaps', '#/hwcap'],
  ['hwcap', '#/hwcap/ilrcpc'],
  ['hwcap that an erratum hides', '#/hwcap/ssbs'],
  ['hwcap that is not known', '#/hwcap/nothing'],
  ['FEAT', '#/feat/FEAT_LRCPC2'],
  ['cpucaps', '#/cpucap'],
  ['cpucap', '#/cpucap/WORKAROUND_SPECULATIVE_SSBS'],
  ['compare', '#/compare?s=parallels-m1&s=kunpeng-920'],
  ['compare four', '#/compare?s=raspberry-pi-4@6.12&s=rk3588@6.12&s=ampere-altra@6.12&s=nothing'],
  ['infer', '#/infer'],
  ['infer a line', '#/infer?line=fp+asimd+evtstrm+crc32+cpuid&midr=0x410fd083'],
  ['a lesson', 'lesson/big-little/'],
  ['a step of a lesson on a projector', 'lesson/big-little/?present&step=2'],
  ['a machine on a projector', 'machine/rk3588/?k=6.12&why=atomics&present'],
  ['a figure of another page', 'hwcap/ilrcpc/?embed'],
  ['the guide', '#/guide'],
  ['a page with tables', '#/guide/commands'],
  ['a page with code', '#/guide/read-a-dump'],
  ['a register', 'register/ID_AA64ISAR1_EL1/'],
  ['a field', 'field/ID_AA64ISAR1_EL1.LRCPC/'],
  ['an erratum', 'erratum/1418040/'],
  ['an instruction', 'insn/FRINT32Z/'],
  ['cores', 'core/'],
  ['levels', '#/levels'],
  ['levels with a machine', '#/levels?m=rk3588&q=crypto'],
  ['an address that is not understood', '#/nowhere?x=%zz&m=none'],
  ['a machine that is not known', '#/machine?m=paralels-m1&set=nonsense&k=9.9&zz=1'],
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly any: readonly { readonly message: string }[] }[];
}

/** What other colours can change. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe-core finds fault with, in few words; `rules`: only by these. */
async function violations(page: Page, ...rules: readonly string[]): Promise<readonly string[]> {
  const found = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as {
      readonly axe: { run(options: object): Promise<{ readonly violations: readonly unknown[] }> };
    };
    return (await axe.run({ resultTypes: ['violations'], ...(values.length === 0 ? {} : { runOnly: { type: 'rule', values } }) }))
      .violations;
  }, rules);
  return (found as readonly Violation[]).map(
    ({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.any[0]?.message ?? ''}`,
  );
}

/** The views that people read on paper, or with colours of their own. */
const READ: readonly string[] = [
  'first page',
  'machine',
  'hwcap',
  'FEAT',
  'compare',
  'a lesson',
  'levels with a machine',
  'a page with code',
];

/** The texts of a page whose contrast to white is below 4.5 to 1, whatever lies under them: grounds are not printed. Runs in the page. */
function paleOnPaper(): readonly string[] {
  const light = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const contrast = (colour: string): number => {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => light(part / 255));
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
  };
  const pale: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const place = text.parentElement;
    if (place === null || !/\S/.test(text.textContent ?? '') || !place.checkVisibility() || place.closest('option, :disabled') !== null)
      continue;
    const style = getComputedStyle(place);
    if (contrast(place instanceof SVGElement ? style.fill : style.color) < 4.5) pale.push(`${place.className}: ${text.textContent}`);
  }
  return pale;
}

let explorer: Explorer;

describe.skipIf(!HAS_BROWSER)('every view', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  // Nothing but styles asks for width, theme and medium, so that a page is loaded once for all: loading is most of what it takes.
  it.each(VIEWS)('%s: fits 320 pixels, axe-core finds no violation in either theme, and nothing goes wrong', async (name, hash) => {
    const { page, faults } = await explorer.open(hash, { width: 320 });
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'width').toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(AXE);
    expect(await violations(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, ...OF_COLOURS), 'dark').toEqual([]);
    if (READ.includes(name)) {
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
      expect(await violations(page, ...OF_COLOURS), 'the colours of the reader’s system').toEqual([]);
      await page.evaluate(() => {
        document.documentElement.dataset.theme = 'dark';
      });
      await page.emulateMedia({ forcedColors: 'none', media: 'print' });
      expect(await page.evaluate(paleOnPaper), 'printed from a dark screen, what does not stand out from white paper').toEqual([]);
    }
    expect(faults).toEqual([]);
  });

  it('in the colours of the reader’s system one sees which name of those found is chosen', async () => {
    const { page } = await explorer.open('');
    await page.emulateMedia({ forcedColors: 'active' });
    await page.keyboard.press('/');
    await page.keyboard.type('lrcpc');
    const outlines = () =>
      page
        .locator('.search [role="option"]')
        .evaluateAll((options) => options.map((option) => [option.getAttribute('aria-selected'), getComputedStyle(option).outlineStyle]));
    await expect.poll(outlines).toContainEqual(['true', 'solid']);
    expect(await outlines()).not.toContainEqual(['false', 'solid']);
  });

  it('the first stop of the Tab key leads past the navigation', async () => {
    const { page } = await explorer.open('');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  it('a theme that is chosen stays, whatever the system says', async () => {
    const { page } = await explorer.open('', { theme: 'light' });
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByLabel('Theme').selectOption('dark');
    expect(await paper()).not.toBe(light);
    await page.reload();
    expect(await paper()).not.toBe(light);
  });

  it('leaving a view for another puts the focus at its beginning and names it', async () => {
    const { page } = await explorer.open('');
    await page.getByRole('link', { name: 'Machine', exact: true }).click();
    await expect.poll(() => page.title()).toContain('Linux guest under Parallels');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
