import { describe, expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { processOfCapture } from '../../src/answers/process-of-capture.ts';
import { conclusionObject, openObject } from '../../src/formats/conclusion.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';
import { processOf } from '../../src/process/process.ts';
import { conclude } from '../../src/runtime/conclude.ts';
import type { ProgramName } from '../../src/runtime/program.ts';

// What programs make of a part of the /proc/cpuinfo that they read, held against what they made of all of it in the recording.

interface Recorded {
  readonly systems: readonly {
    readonly id: string;
    readonly process: { readonly cpuinfo: string; readonly hwcap: Readonly<Record<string, string>> };
    readonly runtime: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
}

const { systems } = readSpec<Recorded>('runtime/recorded/runtimes.json');

const linesBut = (left: RegExp) => (text: string) =>
  text
    .split('\n')
    .filter((line) => !left.test(line))
    .join('\n');

/** What people keep of it. */
const PARTS: Readonly<Record<string, (text: string) => string>> = {
  'the first CPU, and dots': (text) => `${text.split('\n\n')[0]}\n\n[...]\n`,
  'the first CPU, and words': (text) => `${text.split('\n\n')[0]}\n\n(the same for the others)\n`,
  'the last CPU': (text) => text.trimEnd().split('\n\n').at(-1)!,
  'no variants': linesBut(/^CPU (?:variant|revision)/),
  'the parts alone': linesBut(/^(?!Features|CPU part)/),
  'the beginning, to the last core’s variant': (text) => text.trimEnd().split('\n').slice(0, -2).join('\n'),
  'the beginning, to the last core’s implementer': (text) => text.trimEnd().split('\n').slice(0, -4).join('\n'),
};

/** What is concluded for certain of each thing. */
function claims(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { '': value };
}

describe.each(Object.entries(PARTS))('of %s', (_, take) => {
  it.each(systems)('$id: what a name of the core decides is as recorded, or open', async ({ process, runtime }) => {
    const { value } = await readAny(take(process.cpuinfo));
    const seen = processOfCapture(value)!;
    for (const program of ['gcc', 'llvm', 'clang', 'glibc'] as const) {
      for (const [version, recorded] of Object.entries(runtime[program] ?? {})) {
        const answers = conclude(seen, program as ProgramName, version);
        const open = claims(openObject(answers));
        for (const [name, claimed] of Object.entries(claims(conclusionObject(answers)))) {
          const wanted = claims(recorded)[name];
          if (wanted !== undefined && open[name] === undefined)
            expect({ version, name, claimed }).toEqual({ version, name, claimed: wanted });
        }
      }
    }
  });
});

const BLOCK = (hardware: string, part: string) =>
  `processor\t: 0\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: ${part}\nCPU revision\t: 1\n\n${hardware}`;

it('the line Hardware of a vendor’s kernel is passed on: LLVM names the first cores of MSM8994 by it', async () => {
  // llvm/lib/TargetParser/Host.cpp, getHostCPUNameForARM()
  const seen = processOfCapture((await readAny(BLOCK('Hardware\t: Qualcomm Technologies, Inc MSM8994\n', '0xd07'))).value)!;
  expect(conclusionObject(conclude(seen, 'llvm', '22'))).toMatchObject({ cpu: 'cortex-a53' });
});

it('where the line is cut, /proc/cpuinfo has what AT_HWCAP and AT_HWCAP2 say, and AT_HWCAP3 is open', async () => {
  const { process, runtime } = systems.find(
    ({ process: { cpuinfo } }) => cpuinfo.includes(' atomics ') && !cpuinfo.includes('processor\t: 1'),
  )!;
  const { AT_HWCAP, AT_HWCAP2 } = process.hwcap;
  const cut = process.cpuinfo.replace(/^(Features\t: \S+ \S+ \S+).*$/m, '$1 ...');
  const seen = processOfCapture((await readAny(`AT_HWCAP: ${AT_HWCAP}\nAT_HWCAP2: ${AT_HWCAP2}\n\n${cut}`)).value)!;
  expect(conclusionObject(conclude(seen, 'llvm', '22'))).toMatchObject({ features: claims(runtime.llvm!['22']).features });
  expect([...seen.open!]).toContain('mtefar');
});

it('whether cpuid is there decides whether programs read MIDR_EL1', () => {
  const seen = { hwcaps: new Set(['fp']), el0: new Map([['S3_0_C0_C0_0', 0x461f_0010n]]) };
  const of = (open: readonly string[]) =>
    conclude({ ...seen, open: new Set(open) }, 'glibc', '2.36').map((answer) => answer.open.length > 0);
  expect(of([])).not.toEqual(of(['cpuid']));
});

it('CPUs that are not counted have a block that nobody knows', () => {
  const cpus = [{ registers: { MIDR_EL1: 0x410f_d0c0n } }];
  const blocks = (uncounted?: true) =>
    processOf(boot({ cpus, ...(uncounted && { uncounted }) }, { release: '6.12' })).cpuinfo!.map(({ part }) => part);
  expect([blocks(), blocks(true)]).toEqual([[0xd0c], [0xd0c, undefined]]);
});
