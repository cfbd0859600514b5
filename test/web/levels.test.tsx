import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { levelMatrix } from '../../src/answers/level-matrix.ts';
import { levelOverlay } from '../../src/answers/level-overlay.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { LevelMatrixTable } from '../../src/web/levels/level-matrix-table.tsx';
import { MachineLevels } from '../../src/web/levels/machine-levels.tsx';
import { LevelsView } from '../../src/web/views/levels.tsx';

const { machine } = await loadMachine('raspberry-pi-4');
const overlay = levelOverlay(boot(machine, { release: '6.12' }));

/** The row of an architecture feature in a table. */
function rowOf(html: string, name: string): string {
  const at = html.indexOf(`href="./feat/${name}/"`);
  return html.slice(html.lastIndexOf('<tr', at), html.indexOf('</tr>', at));
}

describe('the matrix', () => {
  const html = renderToString(<LevelMatrixTable rows={levelMatrix()} overlay={undefined} query={[]} />);

  it('has a row for every architecture feature and a column for every level', () => {
    for (const { archFeature } of levelMatrix()) expect(html).toContain(`href="./feat/${archFeature.name}/"`);
    expect(html).toContain('>9.7');
  });

  // Arm ARM: FEAT_LRCPC2 is optional from Armv8.2, mandatory from Armv8.4; two columns, then six of Armv8 and eight of Armv9.
  it('shows FEAT_LRCPC2 as two levels in which it is optional and all from 8.4 in which it is mandatory', () => {
    const spans = [...rowOf(html, 'FEAT_LRCPC2').matchAll(/<td colspan="(\d+)"(?: class="standing (\w+)")?/g)].map(
      ([, span, standing]) => `${span} ${standing ?? 'none'}`,
    );
    expect(spans).toEqual(['2 none', '2 optional', '6 mandatory', '8 mandatory']);
  });

  it('says in words what a sign means', () => {
    expect(rowOf(html, 'FEAT_AA32EL1')).toContain('aria-label="not allowed"');
  });
});

describe('a machine laid over it', () => {
  it('marks what it has, and what it misses for its next level, in words', () => {
    const html = renderToString(<LevelMatrixTable rows={levelMatrix()} overlay={overlay} query={[]} />);
    // A Cortex-A72 has CRC32 and no LSE.
    expect(rowOf(html, 'FEAT_CRC32')).toContain('aria-label="there"');
    expect(rowOf(html, 'FEAT_LSE')).toContain('missing for 8.1');
    expect(html).toContain('aria-label="the machine’s level"');
  });

  it('has its level by each reading', () => {
    const html = renderToString(<MachineLevels readings={overlay.readings} />);
    expect(html.match(/<strong>Armv8\.0-A<\/strong>/g)).toHaveLength(3);
    expect(html).toContain('href="./feat/FEAT_LSE/"');
  });
});

describe('the view', () => {
  const shown = (query: readonly (readonly [string, string])[], name: string = ''): string =>
    renderToString(<LevelsView route={{ view: 'levels', name, query }} navigate={() => undefined} />);

  // Arm ARM: Armv8.6-A made FEAT_ECV, FEAT_I8MM and FEAT_PAuth2 mandatory, FEAT_BF16 with FEAT_FP.
  it('of one level tells what it brings, and narrows the matrix to that', () => {
    const html = shown([], 'v8.6');
    expect(html).toContain('What Armv8.6-A adds');
    const facts = html.slice(html.indexOf('What Armv8.6-A adds'), html.indexOf('FEAT_* by level'));
    for (const name of ['FEAT_ECV', 'FEAT_I8MM', 'FEAT_PAuth2', 'FEAT_BF16']) expect(facts).toContain(`href="./feat/${name}/"`);
    expect(facts).not.toContain('href="./feat/FEAT_LRCPC/"');
    expect(shown([], 'v8.6')).not.toContain('392 of 392');
    expect(shown([], 'v10')).toContain('There is no level “v10”');
  });

  it('is narrowed by the filter, over names, subjects, levels and hwcaps', () => {
    expect(shown([['q', 'ilrcpc']])).toContain('1 of 392');
    expect(shown([['q', 'armv8.4-a lse2']])).toContain('1 of 392');
    expect(shown([])).toContain('392 of 392');
  });

  it('shows hostile text as text', () => {
    expect(shown([['q', '<img src=x onerror=alert(1)>']])).not.toContain('<img');
  });
});
