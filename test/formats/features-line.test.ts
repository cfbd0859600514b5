import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatFeaturesLine, parseFeaturesLine } from '../../src/formats/features-line.ts';
import { readAny } from '../../src/formats/read-any.ts';

it('writes the line of /proc/cpuinfo', () => {
  expect(formatFeaturesLine(['fp', 'asimd'])).toBe('Features\t: fp asimd');
});

it('breaks before a column and indents like the first name', () => {
  expect(formatFeaturesLine(['aaaa', 'bbbb', 'cccc'], { head: 'F:', width: 12 })).toBe('F: aaaa bbbb\n   cccc');
  expect(formatFeaturesLine(['a-name-that-is-long', 'b'], { head: ' ', width: 8 })).toBe('  a-name-that-is-long\n  b');
});

it('reads a line of cpuinfo, of lscpu, and a bare list', () => {
  for (const text of ['Features\t: fp asimd\n', 'Flags:    fp\n          asimd', 'fp asimd', 'fp,asimd']) {
    expect(parseFeaturesLine(text)).toEqual({ value: ['fp', 'asimd'], diagnostics: [] });
  }
});

it('reports names that no kernel prints, and names that stand there twice', () => {
  const { value, diagnostics } = parseFeaturesLine('fp asmid fp', new Set(['fp', 'asimd']));
  expect(value).toEqual(['fp', 'asmid']);
  expect(diagnostics.map(({ code, where, message }) => [code, where, message])).toEqual([
    ['unknown-hwcap', 'name 2', 'no kernel prints "asmid"; did you mean asimd?'],
    ['duplicate-hwcap', 'name 3', 'fp stands there twice'],
  ]);
});

it('parse reads what format wrote, at any width', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/), { maxLength: 30 });
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 120 }), (given, width) => {
      fc.pre(!given.includes('features') && !given.includes('flags'));
      expect(parseFeaturesLine(formatFeaturesLine(given, { width })).value).toEqual(given);
    }),
  );
});

it('is none where a broken line of a log begins with its word', async () => {
  const { value } = await readAny('CPU\nfeatures: detected: Spectre-v2CPU features: detected: ARM errata 1165522\n');
  expect(value.hwcaps).toBeUndefined();
});
