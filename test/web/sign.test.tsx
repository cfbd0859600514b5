import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Sign } from '../../src/web/catalogue/sign.tsx';
import { SignedText } from '../../src/web/catalogue/signed-text.tsx';
import { HWCAP } from '../../src/web/views/hwcap.tsx';
import { LEVELS } from '../../src/web/views/levels.tsx';

/** What a reader may copy. */
const textOf = (html: string): string => html.replace(/<[^>]+>/g, '');

describe('a sign', () => {
  it('that fonts may lack is drawn, and its character can be copied', () => {
    const html = renderToString(<Sign character="✓" />);
    expect(html).toMatch(/^<span class="drawn" aria-hidden="true"><svg aria-hidden="true".*<path/);
    expect(textOf(html)).toBe('✓');
  });

  it('that every font has is text', () => {
    expect(renderToString(<Sign character="·" />)).toBe('<span aria-hidden="true">·</span>');
  });

  it('is read aloud where no words beside it say the same', () => {
    expect(renderToString(<Sign character="→" label="to" />)).toMatch(/^<span class="drawn" role="img" aria-label="to">/);
  });

  it('stands for the arrows in the words of the library', () => {
    const html = renderToString(<SignedText text="CPU 0 has 0: 0x0 → 0x1" />);
    expect(html).toContain('<svg');
    expect(textOf(html)).toBe('CPU 0 has 0: 0x0 → 0x1');
  });

  it('is not alone: a long name is whole if it has room, breaks where its parts meet, and is copied as it is', () => {
    const html = renderToString(<SignedText text="Rust, google/cpu_features use it" />);
    expect(html).toContain('Rust, <span class="whole">google/<wbr/>cpu_<wbr/>features</span> use it');
    expect(textOf(html)).toBe('Rust, google/cpu_features use it');
  });

  it.each([
    ['a card', HWCAP, { view: 'hwcap', name: 'ilrcpc', query: [] }],
    ['the levels', LEVELS, { view: 'levels', name: '', query: [] }],
  ] as const)('in %s is never left to the font', async (_, { View, prepare }, route) => {
    await prepare?.(route);
    const html = renderToString(<View route={route} navigate={() => undefined} />);
    expect(html).toContain('class="drawn"');
    expect(textOf(html.replaceAll(/<span class="drawn".*?<\/span>/g, ''))).not.toMatch(/[✓✗●◐◉○◌→◂]/);
  });
});
