import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { compareSystems } from '../../src/answers/compare-systems.ts';
import { compareBy } from '../../src/answers/comparison.ts';
import { checkRecording } from '../../src/answers/seed.ts';
import { formatComparedValue } from '../../src/formats/difference-words.ts';
import { ComparisonResult } from '../../src/web/compare/comparison-result.tsx';
import { COMPARISON_EXAMPLES } from '../../src/web/compare/examples.ts';
import { formatSubject, parseSubject } from '../../src/web/compare/subject-text.ts';
import { findSubject } from '../../src/web/compare/use-subjects.ts';
import { CompareLink } from '../../src/web/machine/edit-bar.tsx';
import { slimRegisters } from '../../src/web/machine/slim-registers.ts';
import { belowRoot, formatRoute, parseRoute } from '../../src/web/route.ts';
import { COMPARE, CompareView, comparisonSummary } from '../../src/web/views/compare.tsx';

const subjects = await Promise.all(['parallels-m1', 'kunpeng-920'].map(checkRecording));

describe('a subject in an address', () => {
  it('is a machine, a release, and whatever else the machine view knows', () => {
    expect(parseSubject('parallels-m1')).toEqual([['m', 'parallels-m1']]);
    expect(parseSubject('kunpeng-920@6.12|c=debian|set=ID_AA64ISAR1_EL1.LRCPC:2')).toEqual([
      ['m', 'kunpeng-920'],
      ['k', '6.12'],
      ['c', 'debian'],
      ['set', 'ID_AA64ISAR1_EL1.LRCPC:2'],
    ]);
  });

  it('is read as it was written', () => {
    for (const query of [
      [['m', 'apple-m1']],
      [
        ['m', 'apple-m1'],
        ['k', '5.10'],
        ['cmdline', 'a|b 100% arm64.nosve'],
      ],
      [
        ['k', '5.10'],
        ['p', 'x-_'],
      ],
    ] as const)
      expect(parseSubject(formatSubject(query))).toEqual(query);
  });

  it('stays readable in an address', () => {
    const hrefs = COMPARISON_EXAMPLES.map(({ subjects }) => {
      const query = subjects.map((text) => ['s', text] as const);
      const href = formatRoute({ view: 'compare', name: '', query });
      expect(parseRoute(belowRoot(href)).route.query).toEqual(query);
      return href;
    });
    expect(hrefs).toContain('./compare/?s=trm-neoverse-v1@6.12&s=trm-neoverse-v1@6.12|cmdline=arm64.nosve');
  });

  it('becomes a machine booted as it was recorded, or tells why not', async () => {
    const { subject } = await findSubject('kunpeng-920');
    expect(subject?.system.hwcaps.names).toEqual(subjects[1]!.recorded);
    expect((await findSubject('kunpeng-921@5.10')).problems.join()).toContain('did you mean kunpeng-920');
    expect((await findSubject('kunpeng-920@9.9')).problems.join()).toContain('Linux 9.9 is not known');
    expect((await findSubject('@<script>|x=%')).problems.join()).toContain('is no kernel release');
  });
});

describe('the comparison of the seed', () => {
  const comparison = compareSystems(subjects);
  const html = renderToString(<ComparisonResult compared={{ subjects, comparison }} />);

  it('is the same by registers without what is said of their values', () => {
    const told = ({ causes, ...rest }: typeof comparison) => ({
      ...rest,
      causes: causes.map(({ values, ...cause }) => ({ ...cause, values: values.map(formatComparedValue) })),
    });
    expect(told(compareBy(slimRegisters(), subjects))).toEqual(told(comparison));
  });

  it('counts what differs', () => {
    // The question's own count; the Kunpeng's line has 18 names, all of which the M1 has too.
    expect(comparisonSummary(comparison)).toMatch(/^They differ in 14 hwcaps, .*; 18 hwcaps are common to all\.$/);
  });

  it('leads from the field to the hwcap, which stands below it', () => {
    const field = html.indexOf('./field/ID_AA64ISAR1_EL1.LRCPC/"');
    const hwcap = html.indexOf('./hwcap/ilrcpc/"');
    const next = html.indexOf('class="compared-cause"', field);
    expect(field).toBeGreaterThan(0);
    expect(hwcap).toBeGreaterThan(field);
    expect(hwcap).toBeLessThan(next);
    expect(html.slice(field, hwcap)).toContain('2 LRCPC2');
  });

  it('says by more than colour who has what', () => {
    expect(html).toContain('aria-label="has it not"');
  });
});

it('the machine view leads to a comparison of what was changed with the start, in which its own keys are left out', () => {
  const start = '#/machine?m=rk3588&k=6.12&cpu=2';
  const html = renderToString(<CompareLink start={start} current={`${start}&set=ID_AA64ISAR0_EL1.AES:1&why=pmull`} />);
  expect(html).toContain('href="./compare/?s=rk3588@6.12&amp;s=rk3588@6.12|set=ID_AA64ISAR0_EL1.AES:1"');
  expect(renderToString(<CompareLink start={start} current={start} />)).toContain('href="./compare/?s=rk3588@6.12"');
});

it('without machines in the address the first example is shown', () => {
  const html = renderToString(<CompareView route={{ view: 'compare', name: '', query: [] }} navigate={() => undefined} />);
  expect(html.match(/<legend>/g)).toHaveLength(2);
  expect(COMPARISON_EXAMPLES[0]?.subjects).toEqual(['parallels-m1', 'kunpeng-920']);
});

describe('what is not known of a side', () => {
  it('is told beside what differs, hwcaps of 64-bit programs first', async () => {
    const found = await Promise.all(['ampere-altra', 'aws-graviton-4'].map(findSubject));
    const sides = found.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
    const comparison = compareSystems(sides);
    const html = renderToString(<ComparisonResult compared={{ subjects: sides, comparison }} />);
    expect(comparisonSummary(comparison)).toMatch(/Of \d+ more it is not known\.$/);
    const aes = html.slice(html.indexOf('hwcap/aes/'));
    expect(aes.slice(0, aes.indexOf('</tr>'))).toContain('aria-label="not known"');
    expect(html.indexOf('AArch32')).toBeGreaterThan(html.lastIndexOf('href="./hwcap/sve2/"', html.indexOf('The lines')));
  });
});

it('machines may be named as in other views', () => {
  const html = renderToString(<CompareView route={parseRoute('compare/?m=ampere-altra&m=graviton2').route} navigate={() => undefined} />);
  expect(html).not.toContain('Nothing is compared');
  expect(COMPARE.head(parseRoute('compare/?m=ampere-altra&m=graviton2').route).title).toBe('ampere-altra and graviton2 compared');
});
