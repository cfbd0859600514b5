import { afterAll, describe, expect, it } from 'vitest';
import { parseRoute, pathOfRoute, setRoot } from '../../src/web/route.ts';
import { allRoutes, renderPage, siteMap } from '../../src/web/site/render-page.tsx';

const TEMPLATE = `<!doctype html><html lang="en"><head><meta name="description" content="x" /><title>armlens</title>
<script type="module" src="./assets/index.js"></script><link rel="stylesheet" href="./assets/style.css" /></head>
<body><div id="app" data-root="./"><main></main></div></body></html>`;

async function page(address: string, base?: string): Promise<string> {
  const { route } = parseRoute(address);
  return (await renderPage(route, { template: TEMPLATE, base }))[0]!.text;
}

/** Where the links of a page lead, as addresses below the root. */
function linksOf(html: string, up: string): readonly string[] {
  return [...html.matchAll(/<a [^>]*?href="([^"#]*)"/g)].flatMap(([, href = '']) =>
    href.startsWith(up) ? [href.slice(up.length).replaceAll('&amp;', '&')] : [],
  );
}

describe('the pages of the site', () => {
  afterAll(() => setRoot('./'));

  it('the page of ilrcpc can be read without a script: what it is, the test, its way, its name in its head', async () => {
    const html = await page('hwcap/ilrcpc/');
    expect(html).toContain('<title>ilrcpc: hwcap · armlens</title>');
    expect(html).toMatch(/<meta name="description" content="ilrcpc is a hwcap[^"]*LDAPUR[^"]*4\.17/);
    expect(html).toContain('getauxval(AT_HWCAP) &amp; HWCAP_ILRCPC');
    expect(html).toContain('is_aarch64_feature_detected!');
    expect(html).toMatch(/<ol class="track" aria-label="The way of ilrcpc">/);
    expect(html).toContain('<link rel="canonical"');
    expect(html).toContain('<script type="application/ld+json">{"@context"');
    expect(html).toContain('src="../../assets/index.js"');
    expect(html).toContain('data-root="../../" data-written');
  });

  it('says where it lies if it is told', async () => {
    expect(await page('hwcap/ilrcpc/', 'https://example.org/a/')).toContain(
      '<link rel="canonical" href="https://example.org/a/hwcap/ilrcpc/" />',
    );
    expect(siteMap(allRoutes(), 'https://example.org/a/')).toContain('<loc>https://example.org/a/insn/LDAPUR/</loc>');
  });

  it('has a picture of the way for those who pass a link on', async () => {
    const files = await renderPage(parseRoute('hwcap/ilrcpc/').route, { template: TEMPLATE });
    expect(files.map(({ path }) => path)).toEqual(['hwcap/ilrcpc/index.html', 'hwcap/ilrcpc/way.svg']);
    expect(files[1]?.text).toMatch(/^<svg xmlns/);
    const drawn = await renderPage(parseRoute('hwcap/ilrcpc/').route, {
      template: TEMPLATE,
      base: 'https://example.org/a/',
      isDrawn: true,
    });
    expect(drawn[0]?.text).toContain('<meta property="og:image" content="https://example.org/a/hwcap/ilrcpc/way.png" />');
  });

  it('has one page a name, each at an address of its own', () => {
    const paths = allRoutes().map(pathOfRoute);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of [
      'hwcap/ilrcpc/',
      'compat/neon/',
      'feat/FEAT_LRCPC2/',
      'register/ID_AA64ISAR1_EL1/',
      'core/Cortex-A76/',
      'level/Armv8.4-A/',
      'machine/rk3588/',
      'release/6.12/',
      'erratum/1418040/',
      'insn/LDAPUR/',
    ])
      expect(paths).toContain(path);
  });

  it.each([
    '',
    'hwcap/ssbs/',
    'feat/FEAT_SVE/',
    'compat/aes/',
    'field/ID_AA64PFR0_EL1.SVE/',
    'core/Cortex-A76/',
    'level/Armv9.0-A/',
    'release/5.0/',
    'erratum/1319367/',
    'insn/BFDOT/',
    'cpucap/HAS_PAN/',
    'machine/rk3588/',
  ])('no link of “%s” leads nowhere', async (address) => {
    const known = new Set(allRoutes().map(pathOfRoute));
    const html = await page(address);
    const up = '../'.repeat(address.split('/').length - 1) || './';
    const links = linksOf(html, up);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const { route, problems } = parseRoute(link);
      expect(problems).toEqual([]);
      // A link with more in its address is shown by the same page.
      if (route.view !== 'levels') expect(known, link).toContain(pathOfRoute(route));
    }
  });
});
