import { expect, it } from 'vitest';
import { readInferenceText } from '../../src/formats/inference-text.ts';

const namesOf = async (text: string): Promise<readonly string[]> => (await readInferenceText(text)).names;

it('reads bare names, with blanks or commas', async () => {
  expect(await namesOf('fp asimd, evtstrm')).toEqual(['fp', 'asimd', 'evtstrm']);
});

it('finds the Features line of a text, and lscpu’s Flags', async () => {
  expect(await namesOf('BogoMIPS: 48.00\nFeatures\t: fp asimd\n')).toEqual(['fp', 'asimd']);
  expect(await namesOf('Flags:   fp asimd cpuid')).toEqual(['fp', 'asimd', 'cpuid']);
});

// The MIDR_EL1 of a Cortex-A76 r3p1 is 0x413fd0b1.
it('takes MIDR_EL1 from a listing of /proc/cpuinfo, the head of which may be missing', async () => {
  const cpu = 'Features : fp asimd\nCPU implementer : 0x41\nCPU architecture: 8\nCPU variant : 0x3\nCPU part : 0xd0b\nCPU revision : 1\n';
  expect(await readInferenceText(cpu)).toEqual({ names: ['fp', 'asimd'], given: { midrs: [0x413fd0b1n] } });
});

it('takes the commonest of several lines, and keeps the others', async () => {
  const cpu = (index: number, names: string): string => `processor : ${index}\nFeatures : ${names}\n\n`;
  const read = await readInferenceText(cpu(0, 'fp') + cpu(1, 'fp asimd') + cpu(2, 'fp asimd'));
  expect(read).toMatchObject({ names: ['fp', 'asimd'], given: { otherLines: [['fp']] } });
});

it('says what AT_HWCAP says', async () => {
  expect(await namesOf('AT_HWCAP:             887\nAT_PAGESZ:            4096\n')).toEqual(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid']);
});

it('takes no words of other texts for names', async () => {
  expect(await namesOf('<script>alert(1)</script> \u0000')).toEqual([]);
  expect(await namesOf('')).toEqual([]);
  expect(await namesOf('[    0.000000] CPU features: detected: Spectre-v4\n')).toEqual([]);
  expect(await namesOf('hw.optional.arm.FEAT_LSE: 1\n')).toEqual([]);
});
