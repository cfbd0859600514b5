import { expect, it } from 'vitest';
import { formatFeatureLog } from '../../src/formats/kernel-log.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { run } from '../support/fake-io.ts';

const LOG = `> [    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]
> [    0.000000] Linux version 5.15.85 (a@b)
> [    0.000000] Detected VIPT I-cache on CPU0
> [    0.009287] CPU features: detected: CRC32 instructions
> [    0.010000] CPU features: detected: something of another kernel
`;

it('says what each line means, with the line of the text as posted', async () => {
  const { out, code } = await run(['log', 'log.txt', '--json'], { 'log.txt': LOG });
  expect(code).toBe(0);
  const { lines, release } = JSON.parse(out) as { lines: { line: number; cpucap?: { name: string; fields: string[] } }[]; release: string };
  expect(release).toBe('5.15.85');
  expect(lines.map(({ line, cpucap }) => [line, cpucap?.name])).toEqual([
    [1, undefined],
    [3, undefined],
    [4, 'HAS_CRC32'],
    [5, undefined],
  ]);
  expect(lines[2]?.cpucap?.fields).toEqual(['ID_AA64ISAR0_EL1.CRC32']);
});

it('finds nothing missing and nothing too much in the log of the very boot', async () => {
  const { machine } = await loadMachine('trm-cortex-a53');
  const kernel = { release: '6.1.192' };
  const text = formatFeatureLog(boot(machine, kernel, { timerHz: 62_500_000 })).join('\n');
  const { code, out } = await run(['log', 'log.txt', '--against', 'trm-cortex-a53', '--kernel', '6.1.192'], { 'log.txt': text });
  expect(out).not.toMatch(/Missing|Too much/);
  expect(code).toBe(0);
});

it('tells what a boot of the machine would not print', async () => {
  const { code, out } = await run(['log', 'log.txt', '--against', 'trm-cortex-a53'], { 'log.txt': LOG });
  expect(out).toMatch(/Too much[\s\S]*something of another kernel/);
  expect(code).toBe(1);
});

it('does not call a vector length too much that no register tells', async () => {
  const text = 'CPU features: detected: Scalable Vector Extension\nSVE: maximum available vector length 32 bytes per vector\n';
  const { out } = await run(['log', 'log.txt', '--against', 'trm-neoverse-v1', '--kernel', '6.12'], { 'log.txt': text });
  expect(out).not.toContain('Too much');
});

it('wants a line about CPU features', async () => {
  const { code, err } = await run(['log', 'x.txt'], { 'x.txt': 'hello\n' });
  expect([code, err]).toEqual([3, expect.stringContaining('no line of a kernel about CPU features')]);
});

it('tells of what firmware said before the kernel', async () => {
  const text =
    'INFO:    BL31: cortex_a53: CPU workaround for 843419 was applied\nWARNING: BL31: cortex_a53: CPU workaround for cve_2022_23960 was missing!\n' +
    '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n[    0.000000] CPU features: detected: ARM erratum 845719\n';
  const { code, out } = await run(['log', '-', '--json'], { '-': text });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    lines: [{ line: 3, code: 'core', says: 'CPU0 is ARM Cortex-A53 r0p4 (MIDR_EL1)' }, { line: 4 }],
    workarounds: [
      { line: 1, core: 'Cortex-A53', erratum: '843419', applied: true, cpucap: 'WORKAROUND_843419' },
      { line: 2, erratum: 'CVE-2022-23960', applied: false, cpucap: 'SPECTRE_BHB' },
    ],
  });
});

it('holds a log against no boot where nothing but the log itself tells of registers', async () => {
  const text =
    '[    0.1] Detected PIPT I-cache on CPU1\n' +
    '[    0.2] CPU features: SANITY CHECK: Unexpected variation in SYS_ID_AA64MMFR1_EL1. Boot CPU: 0x1001111010312122, CPU1: 0x1001111011312122\n' +
    '[    0.3] CPU features: Unsupported CPU feature variation detected.\n';
  for (const more of [[], ['--kernel', '6.12']]) {
    const { code, out } = await run(['log', 'log.txt', ...more], { 'log.txt': text });
    expect([code, out.includes('Too much')]).toEqual([0, false]);
  }
});

it('names many CPUs by the first and the last', async () => {
  const { out } = await run(['log', '-'], { '-': '[    0.1] CPU features: detected: Hardware dirty bit management on CPU0-71,73\n' });
  expect(out).toMatch(/CPUs\s+0-71,73 have\s+it/);
});
