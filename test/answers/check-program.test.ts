import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../src/answers/capture.ts';
import { checkProgram } from '../../src/answers/check-program.ts';
import { readAny } from '../../src/formats/read-any.ts';

/** What the probe printed as the first process of Debian's 6.12.117 on an emulated Cortex-A76. */
const SEEN = readFileSync(new URL('../formats/samples/probe-6.12.117-cortex-a76.txt', import.meta.url), 'utf8');

async function messages(text: string): Promise<readonly string[]> {
  return checkProgram((await readAny(text)).value).map(({ message }) => message);
}

describe('what a program saw', () => {
  it('is consistent where Linux itself answered', async () => {
    expect(await messages(SEEN)).toEqual([]);
  });

  it.each(['\nS3_0_C0_C4_0 ', '\nS3_0_C0_C7_7 ', '\nS3_3_C0_C0_1 ', '\ncpu 1\n', '\ncpu 0\n'])(
    'is consistent where it breaks off, beside another text or not: before %j',
    async (upTo) => {
      const cut = SEEN.slice(0, SEEN.indexOf(upTo));
      expect(await messages(cut)).toEqual([]);
      const dump = { machine: { cpus: [{ registers: { MIDR_EL1: 0x414f_d0b1n } }, { registers: {} }], unlisted: 'unknown' } } as const;
      expect(checkProgram({ ...(await readAny(cut)).value, ...dump })).toEqual([]);
    },
  );

  const word = (hex: string): string => `auxv 16 0x${hex.padStart(16, '0')}`;
  it.each<[string, string, string | RegExp, string]>([
    [
      'a hwcap that is not set',
      word('119fff'),
      word('119eff'),
      'atomics is not set; Linux 6.12.117 sets it, where ID_AA64ISAR0_EL1.Atomic is 2 at EL0',
    ],
    [
      'a hwcap beyond the registers',
      word('119fff'),
      word('319fff'),
      'sha512 is set; Linux 6.12.117 does not set it, where ID_AA64ISAR0_EL1.SHA2 is 1 at EL0',
    ],
    ['a hwcap of a later release', word('119fff'), word('100119fff'), 'gcs is set; Linux 6.12.117 has no such hwcap'],
    ['a bit without a meaning', word('119fff'), word('4000000000119fff'), 'AT_HWCAP bit 62 is set; Linux 6.12.117 has no such hwcap'],
    ['a hidden field', 'S3_0_C0_C7_0 0x00000111ff000000', 'S3_0_C0_C7_0 0x00000111ff000005', 'PARange is 5, not 0'],
    [
      'a register that ends in SIGILL',
      'S3_0_C0_C4_0 0x0000000000110011',
      'S3_0_C0_C4_0 SIGILL',
      'MRS of ID_AA64PFR0_EL1 ends in SIGILL; Linux 6.12.117 emulates it',
    ],
    [
      'a register that should',
      'S3_0_C0_C1_0 SIGILL',
      'S3_0_C0_C1_0 0x0000000000000131',
      'MRS of ID_PFR0_EL1 gives a value; Linux 6.12.117 lets it end in SIGILL',
    ],
    [
      'another core in sysfs',
      'midr_el1 0x00000000414fd0b1',
      'midr_el1 0x00000000410fd0c0',
      'MIDR_EL1 of CPU 0 is 0x00000000414fd0b1 by MRS and 0x00000000410fd0c0 in sysfs',
    ],
    ['another core in /proc/cpuinfo', 'cpuinfo CPU part\t: 0xd0b', 'cpuinfo CPU part\t: 0xd0c', '/proc/cpuinfo names'],
    ['names out of order', 'Features\t: fp asimd evtstrm', 'Features\t: asimd fp evtstrm', 'the Features line'],
    ['an answer', 'answer PR_SVE_GET_VL -22', 'answer PR_SVE_GET_VL 16', 'sve is not set, and prctl(PR_SVE_GET_VL) gives 16'],
    [
      'CPUs that differ',
      'cpu 1\n',
      'cpu 1\nS3_0_C0_C6_1 0x0000000000100000\n',
      'MRS of ID_AA64ISAR1_EL1 differs between CPU 0 and CPU 1; Linux shows the same on all',
    ],
  ])('that %s breaks a rule, which is named', async (_, from, to, message) => {
    expect(SEEN).toContain(from);
    const found = await messages(SEEN.replace(from, to as string));
    expect(found.join('\n')).toContain(message);
  });

  it('says nothing of a release that it is not told', async () => {
    const { kernel: _, ...capture } = (await readAny(SEEN)).value;
    expect(checkProgram(capture as Capture)).toEqual([]);
  });
});
