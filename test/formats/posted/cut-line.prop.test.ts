import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Auditor } from '../../../src/answers/audit.ts';
import { capturedLine } from '../../../src/answers/check-capture.ts';
import { inferFeatures } from '../../../src/answers/infer.ts';
import { machineOfCapture } from '../../../src/answers/machine-of-capture.ts';
import { readInferenceText } from '../../../src/formats/inference-text.ts';
import { formatCause } from '../../../src/formats/inference-words.ts';
import { readAny } from '../../../src/formats/read-any.ts';
import { boot } from '../../../src/linux/boot.ts';
import { KNOWN_MACHINES, loadMachine } from '../../../src/silicon/known-machine.ts';
import { runs } from '../../support/runs.ts';

const RELEASE = '6.12.107';
const NAMES = KNOWN_MACHINES.filter(({ kind }) => kind === 'silicon').map(({ name }) => name);

/** What a text looks like that breaks off behind some names. */
const cuts = fc.constantFrom<(names: readonly string[]) => string>(
  (names) => `Features\t: ${names.join(' ')} …\n`,
  (names) => `Flags:  ${names.join(' ')} ...\n`,
  (names) => `Features : ${names.join(' ')} [...]\n`,
  (names) => `processor\t: 0\nFeatures\t: ${names.join(' ')} <snip>\n`,
  (names) => `Architecture: aarch64\nCPU(s): 4\nVendor ID: ARM\nFlags: ${names.join(' ')} >\n`,
  (names) => `${names.join(' ')} ...\n`,
);

describe('a line that breaks off', () => {
  it('says nothing of the names that are not shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), fc.double({ min: 0, max: 1, noNaN: true }), cuts, async (name, share, cut) => {
        const { machine } = await loadMachine(name);
        const line = boot(machine, { release: RELEASE }).hwcaps.names;
        const shown = line.slice(0, 4 + Math.floor(share * (line.length - 4)));
        const { value } = await readAny(`Linux version ${RELEASE} (a@b) #1 SMP\n\n${cut(shown)}`);
        expect(capturedLine(value)).toEqual({ names: shown, isPart: true });
        const told = (await machineOfCapture(value))!;
        expect(told.diagnostics.map(({ code }) => code)).toContain('features-cut');
        const { hwcaps, unknown } = boot(told.value.machine, { release: RELEASE });
        const possible = new Set([...hwcaps.names, ...(unknown?.hwcaps ?? [])]);
        expect(line.filter((one) => !possible.has(one))).toEqual([]);
        expect(hwcaps.names.filter((one) => !line.includes(one))).toEqual([]);
      }),
      { numRuns: runs(40) },
    );
  });

  it.each([
    ['fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdh', 'asimdh at its end is the beginning of a name'],
    ['Features : fp asimd evtstrm crc32 …', 'a name that is missing says nothing'],
  ])('is told: %s', async (text, words) => {
    const { names, given } = await readInferenceText(text);
    const { verdict, causes } = inferFeatures(names, given);
    expect(verdict).toBe('printed');
    expect(causes.map(formatCause).join()).toContain(words);
  });

  it.each([
    ['within a name', 'Features : fp asimd evtstrm cr'],
    ['behind a name', 'Features : fp asimd evtstrm'],
  ])('is no contradiction where the text ends: %s', async (_, end) => {
    const cpu = (index: number): string =>
      `processor : ${index}\nFeatures : fp asimd evtstrm crc32 cpuid\nCPU implementer : 0x41\nCPU part : 0xd08\n\n`;
    const { value } = await readAny(`${cpu(0)}${cpu(1)}processor : 2\n${end}\n`);
    expect(value.cpuinfo?.map(({ isPart }) => isPart)).toEqual([undefined, undefined, true]);
    const { contradictions, verdict } = await new Auditor().audit('post', ['cpuinfo'], value);
    expect({ contradictions, verdict }).toEqual({ contradictions: [], verdict: 'consistent' });
  });

  it('is not another line than one that is whole', async () => {
    const text = 'processor : 0\nFeatures : fp asimd evtstrm crc32 cpuid\n\nprocessor : 1\nFeatures : fp asimd ...\n';
    expect(await readInferenceText(text)).toEqual({ names: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'], given: { midrs: [] } });
  });
});
