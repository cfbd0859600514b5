import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';

const SAMPLE = readFileSync(new URL('samples/netbsd-boot.txt', import.meta.url), 'utf8');

// Cortex-A53 r0p4 is MIDR_EL1 0x410fd034; auxID 0x10000 is CRC32 alone.
it('reads ID_AA64ISAR0_EL1 under the name auxID, and the core', async () => {
  const { value, recognition } = await readAny(SAMPLE);
  expect(recognition?.reader.name).toBe('netbsd-boot');
  expect(value.machine?.cpus.map(({ registers }) => registers)).toEqual([
    { MIDR_EL1: 0x410f_d034n, ID_AA64ISAR0_EL1: 0x1_0000n },
    { MIDR_EL1: 0x410f_d034n },
  ]);
});

it('tells which hwcaps Linux would print of it, and which not', async () => {
  const { value } = await readAny(SAMPLE.replace(/^.*cpu1 at.*\n/m, ''));
  const { machine } = (await machineOfCapture(value))!.value;
  const { names } = boot(machine, { release: '6.12' }).hwcaps;
  expect(names).toEqual(expect.arrayContaining(['fp', 'asimd', 'crc32']));
  expect(names).not.toContain('aes');
});
