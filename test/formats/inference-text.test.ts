import { expect, it } from 'vitest';
import { readInferenceText } from '../../src/formats/inference-text.ts';

it('reads bare names, with blanks or commas', () => {
  expect(readInferenceText('fp asimd, evtstrm').names).toEqual(['fp', 'asimd', 'evtstrm']);
});

it('finds the Features line of a text, and lscpu’s Flags', () => {
  expect(readInferenceText('BogoMIPS: 48.00\nFeatures\t: fp asimd\n').names).toEqual(['fp', 'asimd']);
  expect(readInferenceText('Flags:   fp asimd cpuid').names).toEqual(['fp', 'asimd', 'cpuid']);
});

// The MIDR_EL1 of a Cortex-A76 r3p1 is 0x413fd0b1.
it('takes MIDR_EL1 from a listing of /proc/cpuinfo, the head of which may be missing', () => {
  const cpu = 'Features : fp asimd\nCPU implementer : 0x41\nCPU architecture: 8\nCPU variant : 0x3\nCPU part : 0xd0b\nCPU revision : 1\n';
  expect(readInferenceText(cpu)).toEqual({ names: ['fp', 'asimd'], midrs: [0x413fd0b1n], otherLines: [] });
});

it('takes the commonest of several lines, and keeps the others', () => {
  const cpu = (index: number, names: string): string => `processor : ${index}\nFeatures : ${names}\n\n`;
  const read = readInferenceText(cpu(0, 'fp') + cpu(1, 'fp asimd') + cpu(2, 'fp asimd'));
  expect(read).toMatchObject({ names: ['fp', 'asimd'], otherLines: [['fp']] });
});

it('keeps what it does not know, and takes nothing for code', () => {
  expect(readInferenceText('<script>alert(1)</script> \u0000').names).toEqual(['<script>alert(1)</script>', '\u0000']);
  expect(readInferenceText('').names).toEqual([]);
});
