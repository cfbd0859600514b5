import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';

const SEEN = readFileSync(new URL('samples/probe-6.12.117-cortex-a76.txt', import.meta.url), 'utf8');

describe('what the probe prints', () => {
  it('is read whole', async () => {
    const { value, diagnostics, recognition, lines } = await readAny(SEEN);
    expect(recognition?.reader.name).toBe('probe');
    expect(diagnostics).toEqual([]);
    expect(lines?.unread).toBe(0);
    expect(value.kernel).toMatchObject({ release: '6.12.117', config: 'debian', cmdline: 'console=ttyAMA0 earlycon' });
    expect(value.hwcaps?.words).toEqual([0x119fffn, 0n]);
    expect(value.cpuinfo).toHaveLength(2);
    expect(value.cpuinfo32?.[0]?.features).toContain('vfpv4');
    expect(value.registersAs).toBe('el0');
    expect(value.machine?.cpus).toHaveLength(2);
    expect(value.program?.tainted).toBe(false);
    expect(value.program?.cpus[1]?.mrs.get('S3_0_C0_C6_0')).toBe(value.program?.cpus[0]?.mrs.get('S3_0_C0_C6_0'));
    expect(value.log?.map(({ text }) => text)).toContain('CPU features: detected: LSE atomic instructions');
    expect(value.environment).toMatchObject({ bootEl: 1 });
  });

  it('names the line of what it cannot read, and says that the end is missing', async () => {
    const { diagnostics, value } = await readAny(
      'armlens-probe 1\nuname Linux 6.6.1 #1 SMP aarch64\ncpu 0\nS3_0_C0_C4_0 0xzz\nS3_0_C0_C4_1 0x1\n',
    );
    expect(diagnostics.map(({ where, code }) => `${where} ${code}`)).toEqual(['line 4, column 1 bad-line', 'file cut-short']);
    expect(value.program?.cpus[0]?.mrs.get('S3_0_C0_C4_1')).toBe(1n);
    expect(value.kernel?.release).toBe('6.6.1');
  });

  it('counts a copied line that says nothing as not read', async () => {
    const lines = SEEN.split('\n').findIndex((line) => line.startsWith('cpuinfo '));
    const cut = `${SEEN.split('\n').slice(0, lines).join('\n')}\ncpuinfo processo`;
    const { lines: count } = await readAny(cut);
    expect(count?.unread).toBe(0);
    expect(count!.read + count!.passed).toBe(lines + 1);
  });

  it('is found inside what a serial console showed', async () => {
    const before = '[    0.000000] Linux version 6.12.117 (nobody@nowhere) #1 SMP\n'.repeat(500);
    const { value, diagnostics, recognition } = await readAny(`${before}${SEEN}[    4.3] reboot: Power down\n`.replaceAll('\n', '\r\n'));
    expect(recognition?.reader.name).toBe('probe');
    expect(value.program?.cpus).toHaveLength(2);
    expect(diagnostics).toEqual([]);
  });
});
