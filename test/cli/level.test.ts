import { describe, expect, it } from 'vitest';
import { run, widest } from '../support/fake-io.ts';

describe('level', () => {
  it('gives the verdict first, and what the next level lacks, at 80 columns', async () => {
    const { code, out } = await run(['level', 'kunpeng-920']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('Armv8.2-A');
    expect(out).toMatch(/by its registers +Armv8\.2-A/);
    expect(out).toContain('Missing for Armv8.3-A, by its registers\n  FEAT_LRCPC');
    expect(out).toContain('ID_AA64ISAR1_EL1.LRCPC ≥ 1 (is 0)');
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('stays within 80 columns where registers are not known, too', async () => {
    const { out } = await run(['level', 'apple-m4-p-core']);
    expect(out).toMatch(/Armv8\.3-A if all\n +is there that is not given/);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('tells what programs find from what the registers say by the letter', async () => {
    const { out } = await run(['level', 'parallels-m1']);
    expect(out.split('\n')[0]).toBe('Armv8.4-A for programs; Armv8.1-A by the letter of its registers');
    expect(out).toContain('FEAT_Debugv8p2');
    expect(out).toContain('FEAT_BTI');
  });

  it('says that a kernel is too old for a hwcap', async () => {
    const { out } = await run(['level', 'apple-m1', '--kernel', '4.4']);
    expect(out).toContain('this kernel does not let EL0 read ID registers');
    expect(out).toContain('hwcap asimdrdm is not set: Linux has it since 4.11');
  });

  it.each([
    [['kunpeng-920', '--at-least', 'v8.2'], 0],
    [['kunpeng-920', '--at-least', 'Armv8.3-A'], 1],
    [['parallels-m1', '--at-least', '8.4'], 1],
    [['parallels-m1', '--at-least', '8.4', '--by', 'el0'], 0],
    [['virt-cortex-a710-no-sve', '--at-least', 'v9.0'], 1],
    [['virt-cortex-a710', '--at-least', 'v8.5'], 0],
  ])('%j exits with %d', async (words, expected) => {
    expect((await run(['level', ...words])).code).toBe(expected);
  });

  it.each([
    [['kunpeng-920', '--at-least', 'v9.9'], 'no level v9.9; there are v8.0 to v9.7'],
    [['kunpeng-920', '--at-least', 'v8.2', '--by', 'magic'], 'there is no reading magic; there are registers, el0, hwcaps'],
    [['kunpeng-92'], 'did you mean'],
  ])('%j is a usage error', async (words, message) => {
    const { code, err } = await run(['level', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('prints the same as JSON', async () => {
    const { out } = await run(['level', 'kunpeng-920', '--at-least', 'v8.3', '--json']);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ subject: { name: 'kunpeng-920' }, atLeast: 'Armv8.3-A', by: 'registers', met: false });
    expect(answer.readings.map(({ reading, level }: { reading: string; level: string }) => [reading, level])).toEqual([
      ['registers', 'Armv8.2-A'],
      ['el0', 'Armv8.2-A'],
      ['hwcaps', 'Armv8.2-A'],
    ]);
    expect(answer.readings[0].next[0].missing[0]).toMatchObject({
      archFeature: 'FEAT_LRCPC',
      state: 'absent',
      mandatoryFrom: 'Armv8.3-A',
      shownBy: [{ field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 1, value: 0 }],
    });
  });
});
