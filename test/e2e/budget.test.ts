import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Explorer, HAS_BROWSER, type Opened, startExplorer } from '../support/browser.ts';

/** The limit of issue 7 for what the first view needs, compressed. */
const FIRST_VIEW = 150_000;

/** Far fewer than there are machines. */
const MOST_REQUESTS = 40;

let explorer: Explorer;

/** What a page has fetched by now, in bytes as gzip sends them. */
async function fetched({ page }: Opened): Promise<ReadonlyMap<string, number>> {
  const urls = await page.evaluate(() => [location.origin, ...performance.getEntriesByType('resource').map(({ name }) => name)]);
  const sizes = urls.map(async (url) => {
    const body = await (await fetch(url)).arrayBuffer();
    return [new URL(url).pathname, gzipSync(body, { level: 9 }).length] as const;
  });
  return new Map(await Promise.all(sizes));
}

const total = (sizes: ReadonlyMap<string, number>) => [...sizes.values()].reduce((sum, size) => sum + size, 0);

describe.skipIf(!HAS_BROWSER)('budgets', () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  }, 120_000);
  afterAll(() => explorer.close());

  async function sizeOf(hash: string, there: string): Promise<number> {
    const opened = await explorer.open(hash);
    await opened.page.locator(there).first().waitFor();
    await opened.page.waitForLoadState('networkidle');
    return total(await fetched(opened));
  }

  // Issue 17: the first page has the live way of a bit, which boots a kernel and asks the runtimes: 197 KB.
  it.fails('the first page needs less than 150 KB of compressed code and data', async () => {
    expect(await sizeOf('', '.track')).toBeLessThan(FIRST_VIEW);
  });

  // Issue 17: the tables of programs and the evaluator of what is known in part made it 186 KB, and a card 174 KB.
  it.fails('a machine needs less than 150 KB of compressed code and data', async () => {
    expect(await sizeOf('#/machine', 'pre.names')).toBeLessThan(FIRST_VIEW);
  });

  it.fails('a card with its matrix of all machines needs less than that too, in few requests', async () => {
    const opened = await explorer.open('#/hwcap/ilrcpc');
    await expect.poll(() => opened.page.locator('summary').last().innerText(), { timeout: 20_000 }).toContain('with Linux');
    const sizes = await fetched(opened);
    expect(total(sizes), JSON.stringify([...sizes])).toBeLessThan(FIRST_VIEW);
    expect(sizes.size).toBeLessThan(MOST_REQUESTS);
  });

  it('a change of a field is on the screen when its event is over: nothing is left for a later frame', async () => {
    const { page } = await explorer.open('#/machine?m=kunpeng-920&k=5.10&field=ID_AA64ISAR1_EL1.LRCPC');
    await page.locator('.field-editor select').waitFor();
    const took = await page.evaluate(async () => {
      const select = document.querySelector<HTMLSelectElement>('.field-editor select');
      const times: number[] = [];
      for (const value of ['2', '0', '1', '0', '2', '0', '1', '2']) {
        const began = performance.now();
        if (select !== null) select.value = value;
        select?.dispatchEvent(new Event('change', { bubbles: true }));
        await Promise.resolve();
        times.push(performance.now() - began);
        const shown = document.querySelector('pre.names')?.textContent ?? '';
        if (shown.includes(' lrcpc') !== value > '0') return [];
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return times;
    });
    expect(took).toHaveLength(8);
    const median = took.toSorted((a, b) => a - b)[4];
    console.info(`a change of a field takes ${median?.toFixed(1)} ms (median of 8)`);
    expect(median).toBeLessThan(1000);
  });
});
