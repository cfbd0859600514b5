import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../src/cli/serve/web-server.ts';
import { parseRoute } from '../../src/web/route.ts';
import { renderPage } from '../../src/web/site/render-page.tsx';
import { type Explorer, HAS_BROWSER, type Opened, startExplorer } from '../support/browser.ts';

/** What a page may need until the reader stirs, compressed. */
const FIRST_VIEW = 150_000;

/** A page of every kind, and what of it is there last. */
const KINDS: readonly (readonly [kind: string, hash: string, there: string])[] = [
  ['the first page', '', '.track'],
  ['a machine', '#/machine', 'pre.names'],
  ['a machine of which only texts were recorded', '#/machine?m=rk3588', 'pre.names'],
  ['a machine with a core that others have, too', '#/machine?m=graviton3', 'pre.names'],
  ['a hwcap', '#/hwcap/ilrcpc', '.track'],
  ['a hwcap that the first machine has not', '#/hwcap/sve', '.track'],
  ['a hwcap of 32-bit programs', '#/compat/neon', '.track'],
  ['an architecture feature', '#/feat/FEAT_LRCPC2', '.track'],
  ['an architecture feature that not every machine has', '#/feat/FEAT_SVE', '.track'],
  ['an architecture feature that programs do not meet', '#/feat/FEAT_VHE', '.track'],
  ['an instruction', '#/insn/LDAPUR', '.track'],
  ['a cpucap', '#/cpucap/HAS_PAN', '.track'],
  ['a register', '#/register/ID_AA64PFR0_EL1', 'tbody'],
  ['a field', '#/field/ID_AA64PFR0_EL1.SVE', 'tbody'],
  ['a core', '#/core/Cortex-A76', 'dl'],
  ['an erratum', '#/erratum/1742098', 'dl'],
  ['a level', '#/level/Armv8.4-A', 'h2'],
  ['the levels side by side', '#/levels', 'tbody'],
  ['a release', '#/release/6.12', 'dl'],
  ['the list of hwcaps', '#/hwcap', 'tbody'],
  ['the list of architecture features', '#/feat', 'tbody'],
  ['the list of instructions', '#/insn', 'tbody'],
  ['the list of cpucaps', '#/cpucap', 'tbody'],
  ['the list of registers', '#/register', 'tbody'],
  ['the list of levels', '#/level', 'tbody'],
  ['a Features line that is yet to be given', '#/infer', 'textarea'],
  ['a Features line and what it tells', '#/infer?line=fp+asimd+evtstrm+crc32+cpuid&midr=0x410fd083', '.inference-verdict'],
  ['a comparison', '#/compare', '.compared-effect'],
  ['a comparison of machines with more fields', '#/compare?s=graviton3&s=parallels-m1', '.compared-effect'],
  ['the lessons', '#/lesson', 'ol'],
  ['the guide', '#/guide', 'h1'],
];

/** What a name's page that was written beforehand may weigh until somebody is about to use it. */
const WRITTEN = 60_000;

/** How many files a page may ask for until the reader stirs: fewer than there are machines. */
const MOST_REQUESTS = 40;

/** How many it may have asked for when its matrix of all machines is filled. */
const MOST_WITH_MATRIX = 43;

/** How many frames of an empty page an edit may take until it is painted. */
const EDIT_FRAMES = 12;

/** How many times as long as an empty page the first page may take until the greatest part of it is painted. */
const FIRST_PAINT = 40;

let explorer: Explorer;

const weights = new Map<string, Promise<number>>();

/** What a file weighs as gzip sends it. The pages of a server have most of them in common. */
function weightOf(url: string): Promise<number> {
  const weigh = async () => gzipSync(await (await fetch(url)).arrayBuffer(), { level: 9 }).length;
  const weight = weights.get(url) ?? weigh();
  weights.set(url, weight);
  return weight;
}

/** What a page has fetched by now, in bytes as gzip sends them. */
async function fetched({ page }: Opened): Promise<ReadonlyMap<string, number>> {
  const urls = await page.evaluate(() => [
    location.href.replace(/#.*/, ''),
    ...performance.getEntriesByType('resource').map(({ name }) => name),
  ]);
  const sizes = urls.map(async (url) => [new URL(url).pathname, await weightOf(url)] as const);
  return new Map(await Promise.all(sizes));
}

const total = (sizes: ReadonlyMap<string, number>) => [...sizes.values()].reduce((sum, size) => sum + size, 0);

describe.skipIf(!HAS_BROWSER)('budgets', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);

  it.each(KINDS)('%s needs less than 150 KB of compressed code and data, in few requests', async (_, hash, there) => {
    const opened = await explorer.open(hash, { stirs: false });
    await opened.page.locator(there).first().waitFor();
    await opened.page.waitForLoadState('networkidle');
    const sizes = await fetched(opened);
    expect(total(sizes)).toBeLessThan(FIRST_VIEW);
    expect(sizes.size).toBeLessThan(MOST_REQUESTS);
  });

  it('a name’s page that was written beforehand can be read with less than 60 KB, and fetches no more until the reader stirs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'armlens-written-'));
    cpSync(explorer.folder, folder, { recursive: true });
    const template = readFileSync(join(folder, 'index.html'), 'utf8');
    const styles = readdirSync(join(folder, 'assets')).flatMap((name) => (name.endsWith('.css') ? [`assets/${name}`] : []));
    const addresses = [
      'hwcap/ilrcpc/',
      'hwcap/sve/',
      'feat/FEAT_SVE/',
      'insn/LDAPUR/',
      'compat/neon/',
      'cpucap/HAS_PAN/',
      'register/ID_AA64PFR0_EL1/',
      'machine/rk3588/',
      '',
    ];
    for (const address of addresses) {
      for (const { path, text } of await renderPage(parseRoute(address).route, { template, styles })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    }
    const server = await serveFolder(folder, 0);
    const context = await explorer.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    for (const address of addresses) {
      await page.goto(`${server.url}${address}`);
      await page.waitForLoadState('networkidle');
      expect(await page.locator('h1').first().innerText(), address).not.toBe('');
      expect(await page.locator('#app[data-live]').count(), address).toBe(0);
      expect(total(await fetched({ page, faults: [] })), address).toBeLessThan(WRITTEN);
    }
    await context.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('a matrix of all machines is filled when it comes near, in few requests', async () => {
    const opened = await explorer.open('#/hwcap/ilrcpc');
    const count = opened.page.locator('.field-values ~ *, summary').last();
    expect(await count.innerText()).not.toContain('with Linux');
    await count.scrollIntoViewIfNeeded();
    await expect.poll(() => opened.page.locator('summary').last().innerText()).toContain('with Linux');
    expect((await fetched(opened)).size).toBeLessThan(MOST_WITH_MATRIX);
  });

  it('a page stands and an edit is painted within a few times what an empty page takes', async () => {
    const { page } = await explorer.open('#/machine?m=kunpeng-920&k=5.10&field=ID_AA64ISAR1_EL1.LRCPC');
    await page.locator('.field-editor select').waitFor();
    const edits = await page.evaluate(async () => {
      const select = document.querySelector<HTMLSelectElement>('.field-editor select');
      const times: number[] = [];
      for (const value of ['2', '0', '1', '0', '2', '0', '1', '2']) {
        const began = performance.now();
        if (select !== null) select.value = value;
        select?.dispatchEvent(new Event('change', { bubbles: true }));
        await Promise.resolve();
        const shown = document.querySelector('pre.names')?.textContent ?? '';
        if (shown.includes(' lrcpc') !== value > '0') return [];
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        times.push(performance.now() - began);
      }
      return times;
    });
    expect(edits).toHaveLength(8);
    const empty = await page.context().newPage();
    await empty.goto(`${explorer.url}licences.txt`);
    const frames = await empty.evaluate(async () => {
      const times: number[] = [];
      for (let i = 0; i < 8; i++) {
        const began = performance.now();
        document.body.dataset.turn = String(i);
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        times.push(performance.now() - began);
      }
      return times;
    });
    const largest = async (address: string, there: string): Promise<number> => {
      await empty.goto(address);
      await empty.locator(there).first().waitFor();
      return empty.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
              type: 'largest-contentful-paint',
              buffered: true,
            });
          }),
      );
    };
    const [blank, first] = [await largest(`${explorer.url}licences.txt`, 'pre'), await largest(explorer.url, '.track')];
    const [edit, frame] = [edits, frames].map((times) => times.toSorted((a, b) => a - b)[4]!) as [number, number];
    console.info(
      `an edit takes ${(edit / frame).toFixed(1)} frames of an empty page, the first page ${(first / blank).toFixed(1)} times as long`,
    );
    expect(edit / frame).toBeLessThan(EDIT_FRAMES);
    expect(first / blank).toBeLessThan(FIRST_PAINT);
  });
});
