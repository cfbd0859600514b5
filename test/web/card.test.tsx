import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { allCpucaps } from '../../src/answers/cpucap-card.ts';
import { ALL_ARCH_FEATURES } from '../../src/arch/arch-feature.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';
import { loadLater } from '../../src/web/later.ts';
import type { Query, ViewName } from '../../src/web/route.ts';
import { type LoadedView, VIEWS } from '../../src/web/view.ts';
import { textOf } from '../support/html-text.ts';

// What comes when it is shown is there before.
const CARDS = new Map<ViewName, LoadedView>();
for (const [view, some] of [
  ['hwcap', 'ilrcpc'],
  ['feat', 'FEAT_LRCPC2'],
  ['cpucap', 'HAS_PAN'],
] as const) {
  const card = await VIEWS[view].load();
  CARDS.set(view, card);
  for (const name of ['', some, 'no-such-name']) await card.prepare?.({ view, name, query: [] });
}
await loadLater();

function shown(view: ViewName, name: string = '', query: Query = []): string {
  const { View } = CARDS.get(view)!;
  return renderToString(<View route={{ view, name, query }} navigate={() => undefined} />);
}

describe('the card of ilrcpc', () => {
  const html = shown('hwcap', 'ilrcpc');
  const text = textOf(html);

  it('is headed by the name, says what it is, its field and value, its bit', () => {
    expect(html).toMatch(/<h1><code>ilrcpc<\/code>/);
    expect(text).toContain('LDAPUR and STLUR with immediate offsets');
    expect(text).toContain('ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)');
    expect(text).toContain('HWCAP_ILRCPC , bit 26 of AT_HWCAP');
  });

  it('tells from which level it may and must be there', () => {
    expect(text).toContain('Armv8.4-A; optional from Armv8.2-A; mandatory from Armv8.4-A');
  });

  it('tells the release, and the backport', () => {
    expect(text).toContain('In mainline since Linux 4.17.');
    expect(text).toContain('4.14 has it from 4.14.177 (not yet in 4.14.74)');
  });

  it('leads to the architecture feature and the field, and asks why', () => {
    expect(html).toContain('href="./feat/FEAT_LRCPC2/"');
    expect(html).toContain('href="./field/ID_AA64ISAR1_EL1.LRCPC/"');
    expect(html).toContain('href="./machine/?why=ilrcpc"');
  });

  it('names it elsewhere', () => {
    expect(text).toContain('FreeBSD HWCAP_ILRCPC');
  });

  it('has a row for every machine and a column for each long-term kernel, before anything is derived', () => {
    expect(html).toContain('Kunpeng 920 server');
    expect(text).toContain('registers 4.4.155');
  });
});

describe('other cards', () => {
  it('ssbs: the erratum that hides it', () => {
    expect(textOf(shown('hwcap', 'ssbs'))).toContain('WORKAROUND_SPECULATIVE_SSBS : ARM errata 3194386, 3312417');
  });

  it('evtstrm: the reason in the place of a field', () => {
    expect(textOf(shown('hwcap', 'evtstrm'))).toContain('no ID register: set when the timer offers an event stream');
  });

  it('FEAT_LRCPC2: levels, hwcap, what it needs', () => {
    const html = shown('feat', 'FEAT_LRCPC2');
    expect(html).toContain('href="./hwcap/ilrcpc/"');
    expect(html).toContain('href="./feat/FEAT_LRCPC/"');
    expect(html).toContain('aria-label="mandatory"');
  });

  it('cpucaps: log line, option, type', () => {
    const text = textOf(shown('cpucap', 'HAS_LSE_ATOMICS'));
    expect(text).toContain('LSE atomic instructions');
    expect(text).toContain('Type system-feature');
  });

  it('every card can be shown', () => {
    for (const { name } of allHwcaps()) expect(shown('hwcap', name)).toContain(`<code>${name}</code>`);
    for (const { name } of ALL_ARCH_FEATURES) expect(shown('feat', name)).toContain(`<code>${name}</code>`);
    for (const name of allCpucaps()) expect(shown('cpucap', name)).toContain(`<code>${name}</code>`);
  });
});

describe('an index', () => {
  it('has every name, and leads to its card', () => {
    const html = shown('hwcap');
    for (const { name } of allHwcaps()) expect(html).toContain(`href="./hwcap/${name}/"`);
    expect(shown('feat')).toContain('392 of 392');
  });

  it('is narrowed by what the address says, in any case', () => {
    const html = shown('feat', '', [['q', 'LRCPC']]);
    expect(html.match(/<tr>/g)).toHaveLength(1 + ALL_ARCH_FEATURES.filter(({ name }) => name.includes('LRCPC')).length);
  });
});

it('the other catalogues tell how many of theirs fit the filter, and keep it', () => {
  const html = shown('hwcap', '', [['q', 'WORKAROUND_SPECULATIVE_SSBS']]);
  expect(html).toMatch(/href="\.\/cpucap\/\?q=workaround_speculative_ssbs"[^>]*>cpucaps \(1\)/);
  expect(html).toContain('hwcaps (0)');
});

describe('an address that nobody wrote in good faith', () => {
  it('names the nearest card', () => {
    expect(shown('hwcap', 'ilrpcp')).toContain('href="./hwcap/ilrcpc/"');
  });

  it('shows markup as text, and cuts what is long', () => {
    const html = shown('hwcap', `<script>alert(1)</script>${'x'.repeat(10_000)}`);
    expect(html).not.toContain('<script');
    expect(html.length).toBeLessThan(5_000);
    expect(shown('feat', '', [['q', '"><img src=x onerror=alert(1)>']])).not.toContain('<img');
  });
});
