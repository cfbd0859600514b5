import { describe, expect, it } from 'vitest';
import { parseMask } from '../../src/formats/mask.ts';
import { run, widest } from '../support/fake-io.ts';

const PAIR = ['baseline', 'ampere-altra', 'kunpeng-920', '--kernel', '6.12.107'];

describe('baseline', () => {
  it('gives the verdict first, then flags and ways to make machines alike, at 80 columns', async () => {
    const { code, out } = await run(PAIR);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^Armv8\.2-A, 15 hwcaps, \d+ FEAT_\*: what programs have on 2 machines$/);
    expect(out).toContain('kunpeng-920   has 3 more: jscvt fcma asimdfhm');
    expect(out).toMatch(/GCC 16\.2 +-march=armv8\.2-a\+aes\+dotprod\+fp16\+sha2/);
    expect(out).toMatch(/Go 1\.26 +GOARM64=v8\.2,crypto/);
    expect(out).toContain('ID_AA64ISAR1_EL1.LRCPC=0');
    expect(out).toContain('ampere-altra: none; it cannot hide lrcpc');
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('keeps long flags at 80 columns; joined again they are the flags', async () => {
    const { out } = await run(['baseline', 'trm-neoverse-v2', 'trm-neoverse-v3', '--kernel', '7.2']);
    expect(widest(out)).toBeLessThanOrEqual(80);
    const { targets } = JSON.parse((await run(['baseline', 'trm-neoverse-v2', 'trm-neoverse-v3', '--kernel', '7.2', '--json'])).out);
    expect(out.replaceAll(/\n {4,}/g, '')).toContain(targets.rust.flag);
  });

  it('says that machines in which pointers are authenticated differently lose that', async () => {
    const { out } = await run(['baseline', 'trm-neoverse-v2', 'trm-neoverse-v3', '--kernel', '7.2']);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('They lose paca pacg, which the machines do in different ways.');
  });

  it('of one machine is the machine', async () => {
    const { out } = await run(['baseline', 'raspberry-pi-4', '--kernel', '6.12']);
    expect(out).toContain('what programs have on raspberry-pi-4');
    expect(out).toContain('-march=armv8-a+crc');
    expect(out).toContain('-mcpu=cortex-a72 turns on what is not there: FEAT_AES');
    expect(out).not.toContain('For hypervisors');
  });

  it('prints a template for Firecracker alone', async () => {
    const { out } = await run([...PAIR, '--write-template', '-']);
    const { reg_modifiers: modifiers } = JSON.parse(out);
    // KVM_REG_ARM64 | KVM_REG_SIZE_U64 | ARM64_SYS_REG(3, 0, 0, 4, 0), as in Firecracker's own templates
    expect(modifiers[0].addr).toBe('0x603000000013c020');
    for (const { bitmap } of modifiers) expect(bitmap).toMatch(/^0b[01x]{64}$/);
  });

  it('prints a mask file that reads back', async () => {
    const { value, diagnostics } = parseMask((await run([...PAIR, '--write-mask', '-'])).out);
    expect(diagnostics).toEqual([]);
    expect(value.changes.map(({ register }) => register)).toContain('ID_AA64ISAR1_EL1');
  });

  it('prints the same as JSON', async () => {
    const answer = JSON.parse((await run([...PAIR, '--json'])).out);
    expect(answer.members.map(({ name, extra }: { name: string; extra: string[] }) => [name, extra])).toEqual([
      ['ampere-altra', ['lrcpc']],
      ['kunpeng-920', ['jscvt', 'fcma', 'asimdfhm']],
    ]);
    expect(answer.targets).toMatchObject({ goArm64: 'v8.2,crypto', gcc: { level: 'Armv8.2-A', version: '16.2' } });
    expect(answer.targets).not.toHaveProperty('cpu');
    expect(answer.registers.ID_AA64ISAR1_EL1).toMatch(/^0x[0-9a-f]{16}$/);
    expect(answer.guest.alike).toBe(true);
  });

  it('takes files beside known machines', async () => {
    const pi = 'MIDR_EL1: 0x410fd083\nID_AA64PFR0_EL1: 0x2222\nID_AA64ISAR0_EL1: 0x10000\n';
    const { code, out } = await run(['baseline', 'pi.txt', 'kunpeng-920', '--kernel', '6.12'], { 'pi.txt': pi });
    expect(code).toBe(0);
    expect(out).toContain('GOARM64=v8.0');
  });

  it.each([
    [[], 'of which machines?'],
    [['kunpeng-92'], 'did you mean'],
  ])('%j is a usage error', async (words, message) => {
    const { code, err } = await run(['baseline', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('--host-kernel', () => {
  const hosts = async (kernel: string) =>
    (
      JSON.parse((await run(['baseline', 'trm-neoverse-n1', 'trm-neoverse-v1', '--host-kernel', kernel, '-k', '6.12', '--json'])).out) as {
        hosts: readonly { readonly name: string; readonly writes: readonly { readonly register: string; readonly errno?: number }[] }[];
      }
    ).hosts;

  it('before 6.6 KVM takes no write that changes ID_AA64ISAR0_EL1', async () => {
    const refused = (await hosts('6.1')).flatMap(({ writes }) =>
      writes.filter(({ errno }) => errno === 22).map(({ register }) => register),
    );
    expect(refused).toContain('ID_AA64ISAR0_EL1');
  });

  it('later ones do', async () => {
    const refused = (await hosts('7.2')).flatMap(({ writes }) =>
      writes.filter(({ errno }) => errno !== undefined).map(({ register }) => register),
    );
    expect(refused).not.toContain('ID_AA64ISAR0_EL1');
  });

  it('is told in words', async () => {
    const { out } = await run(['baseline', 'trm-neoverse-n1', 'trm-neoverse-v1', '--host-kernel', '6.1', '-k', '6.12']);
    expect(out).toContain('What KVM of Linux 6.1 on each makes of the template');
    expect(out).toContain('EINVAL');
  });
});
