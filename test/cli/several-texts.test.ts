import { expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';

const CPUINFO =
  'processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd03\nCPU revision\t: 4\n';
const LOG = '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n[    0.000000] Linux version 5.15.85 (a@b)\n';
const FILES = { 'cpuinfo.txt': CPUINFO, 'log.txt': LOG };

it.each([['derive'], ['level'], ['infer'], ['guest'], ['log']])('%s takes several texts of one machine', async (command) => {
  const { code, err } = await run([command, 'cpuinfo.txt', 'log.txt'], FILES);
  expect(code).toBe(0);
  expect(err).not.toMatch(/no such file|no machine/);
});

it('derive takes the hwcaps of one text and the kernel of the other', async () => {
  const { out } = await run(['derive', 'cpuinfo.txt', 'log.txt', '--fields', 'hwcaps', '--json'], FILES);
  expect(JSON.parse(out)).toMatchObject({
    kernel: { release: '5.15.85' },
    hwcaps: { names: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'] },
  });
});

it('a word that is no file is named', async () => {
  const { code, err } = await run(['derive', 'cpuinfo.txt', 'rk3588'], FILES);
  expect([code, err]).toEqual([3, expect.stringContaining('rk3588: there is no such file')]);
});

it.each([[['infer', 'fpu', 'vme', 'tsc', 'msr', 'sse']], [['infer', '-']], [['derive', '-']]])('%j calls x86 by its name', async (argv) => {
  const { code, err } = await run(argv, { '-': 'flags : fpu vme tsc msr sse sse2\n' });
  expect([code, err]).toEqual([3, expect.stringContaining('x86')]);
});

it('diff gives no revision to a core of which a text leaves it out', async () => {
  const lscpu = (stepping: string): string =>
    `Architecture: aarch64\nCPU(s): 1\nVendor ID: ARM\nModel name: Neoverse-N1\n${stepping}Flags: fp asimd evtstrm crc32 atomics cpuid\n`;
  const { out } = await run(['diff', 'a.txt', 'b.txt', '-k', '6.1'], { 'a.txt': lscpu('Stepping: r3p1\n'), 'b.txt': lscpu('') });
  expect(out).not.toContain('r0p0');
  const guest = await run(['guest', 'b.txt'], { 'b.txt': lscpu('') });
  expect(guest.out).toContain('ARM Neoverse-N1, of which the revision is not told');
});

it('of kinds of cores that no text puts in order it is known what all of them have: their maker, and no erratum of another', async () => {
  const kind = (name: string, stepping: string): string =>
    `  Model name: ${name}\n    Thread(s) per core: 1\n    Stepping: ${stepping}\n    Flags: fp asimd evtstrm crc32 cpuid\n`;
  const text = `Architecture: aarch64\nCPU(s): 6\nVendor ID: ARM\n${kind('Cortex-A53', 'r0p4')}${kind('Cortex-A72', 'r0p3')}`;
  const { out } = await run(['derive', 'l.txt', '-k', '6.1', '--json'], { 'l.txt': text });
  const { unknown } = JSON.parse(out) as { unknown: { cpucaps: string[] } };
  expect(unknown.cpucaps).toContain('WORKAROUND_843419');
  expect(unknown.cpucaps).not.toContain('WORKAROUND_CAVIUM_23154');
  const { out: midr } = await run(['mrs', 'MIDR_EL1', 'l.txt', '-k', '6.1'], { 'l.txt': text });
  expect(midr).toMatch(/0x\?{8}41[0?]f/);
  const { out: why } = await run(['why', 'FEAT_VHE', 'l.txt', '-k', '6.1'], { 'l.txt': text });
  expect(why).toMatch(/every Cortex-A53 known .*\n?.*VH = 0[\s\S]*every Cortex-A72 known/);
});
