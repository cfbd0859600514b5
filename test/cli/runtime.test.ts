import { describe, expect, it } from 'vitest';
import { run, widest } from '../support/fake-io.ts';

const N1 = `processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp
CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n`;

const json = async (argv: readonly string[], files = {}) => JSON.parse((await run([...argv, '--json'], files)).out);

describe('runtime', () => {
  it('takes what a program saw at its word', async () => {
    const { runtime } = await json(['runtime', 'cpuinfo', '--of', 'gcc@16,llvm@22'], { cpuinfo: N1 });
    expect(runtime).toEqual({
      gcc: { '16': { march: { cpu: 'neoverse-n1+crc+crypto' }, mcpu: { cpu: 'neoverse-n1+crc+crypto' }, mtune: {} } },
      llvm: { '22': { cpu: 'neoverse-n1', features: ['+aes', '+crc', '+fp-armv8', '+lse', '+neon', '+sha2', '-rand', '-sve'] } },
    });
  });

  it('boots a machine, and says what the machine leaves open', async () => {
    const { runtime, unknown } = await json(['runtime', 'trm-neoverse-v2', '-k', '6.1', '--of', 'glibc@2.41']);
    expect(runtime.glibc['2.41'].memcpy).toBe('generic');
    expect(unknown).toEqual({ glibc: { '2.41': { memset: ['zva64', 'generic'] } } });
  });

  it('answers for the version below one in between, and says so', async () => {
    const { out, err } = await run(['runtime', 'apple-m1', '-k', '6.12', '--of', 'rust@1.90,gcc@14.2']);
    expect(err).toContain('note: Rust 1.90 was not looked at; the answer is that of 1.85');
    expect(err).not.toContain('GCC');
    expect(widest(out)).toBeLessThanOrEqual(90); // a flag is never broken
  });

  it.each([
    ['rusty', 'did you mean rust?'],
    ['go@1.2', 'known are 1.19, 1.24, 1.27'],
  ])('--of %s: names what there is', async (list, message) => {
    const { code, err } = await run(['runtime', 'apple-m1', '--of', list]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('runtime --ndjson', () => {
  const answers = async (records: readonly unknown[]) => {
    const { code, out } = await run(['runtime', '--ndjson', 'in'], {
      in: records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'),
    });
    return {
      code,
      lines: out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  };

  it('answers what is asked, of a process or of a machine that is booted first', async () => {
    const { code, lines } = await answers([
      { id: 1, process: { hwcap: { AT_HWCAP: '0x3' } }, ask: ['rust 1.97'] },
      {
        id: 2,
        unlisted: 'zero',
        kernel: { release: '6.8' },
        cpus: [{ registers: { MIDR_EL1: '0x410fd083', ID_AA64ISAR0_EL1: '0x10000' } }],
      },
    ]);
    expect(code).toBe(0);
    expect(lines[0]).toEqual({ id: 1, runtime: { rust: { '1.97': ['asimd', 'fp', 'neon'] } } });
    expect(lines[1].runtime.gcc['14'].mcpu).toEqual({ cpu: 'cortex-a72+crc' });
  });

  it('says what a machine leaves open that is known in part', async () => {
    const registers = { MIDR_EL1: '0x410fd0c0', ID_AA64PFR0_EL1: '0x1100000010111112', ID_AA64ISAR0_EL1: '0x100010211120' };
    const { lines } = await answers([{ id: 1, kernel: { release: '6.1' }, cpus: [{ registers }], ask: ['rust 1.97'] }]);
    expect(lines[0].runtime.rust['1.97']).toEqual(['aes', 'asimd', 'crc', 'dotprod', 'fp', 'fp16', 'lse', 'neon', 'pmull', 'rdm', 'sha2']);
    expect(lines[0].unknown.rust['1.97']).toEqual(expect.arrayContaining(['dpb', 'jsconv', 'rcpc']));
    expect(lines[0].unknown.rust['1.97']).not.toContain('sve');
  });

  it('puts an error in the place of a bad line, and goes on', async () => {
    const { code, lines } = await answers([
      'no',
      { id: 'a', process: { hwcap: { AT_HWCAP: 7 } } },
      { id: 'b', process: {}, ask: ['cobol'] },
    ]);
    expect(code).toBe(3);
    expect(lines.map(({ id, error }) => [id, error.code])).toEqual([
      [null, 'bad-json'],
      ['a', 'bad-record'],
      ['b', 'unknown-name'],
    ]);
  });
});

describe('runs', () => {
  it('takes flags as words, and ends with 1 where code may trap', async () => {
    const { code, out } = await run(['runs', '-mcpu=cortex-a72', 'raspberry-pi-4', '-k', '6.12']);
    expect(code).toBe(1);
    expect(out).toContain('Does it run? no: it may end with SIGILL\n');
    expect(out).toContain('FEAT_AES (cortex-a72)');
    expect(out).toContain('The most that runs\n  gcc -march=armv8-a+crc\n');
    expect((await run(['runs', '-march=armv8-a+crc', 'raspberry-pi-4', '-k', '6.12', '--json'])).code).toBe(0);
  });

  it('wants flags that say something', async () => {
    const { code, err } = await run(['runs', '-O2', 'raspberry-pi-4', '-k', '6.12']);
    expect([code, err]).toEqual([2, expect.stringContaining('no flag that says what code may use')]);
  });
});
