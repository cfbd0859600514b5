import { describe, expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';

const BLOCK = `processor\t: 0
BogoMIPS\t: 54.00
Features\t: fp asimd evtstrm crc32 cpuid
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x0
CPU part\t: 0xd08
CPU revision\t: 3
`;

describe('a /proc/cpuinfo that breaks off as the next CPU begins', () => {
  it.each(['p', 'process', 'processor', 'processor\t:'])('at "%s" does not count the CPUs', async (rest) => {
    expect((await readAny(`${BLOCK}\n${rest}\n`)).value).toMatchObject({ uncounted: true, cpuinfo: [{ processor: 0 }] });
  });

  it('and words of a person below do not make it one that does', async () => {
    expect((await readAny(`${BLOCK}\nThat is all of it.\n`)).value.uncounted).toBeUndefined();
  });
});

describe('what cpu-info of PyTorch lists', () => {
  it('are CPUs of their maker, also where it has no name for the core', async () => {
    const text = `Cores:
\t0: 1 processor (0), Qualcomm unknown
Clusters:
\t0: 4 processors (0-3),\t0: 4 cores (0-3), Qualcomm unknown
\t1: 2 processors (4-5),\t1: 2 cores (4-5), Qualcomm unknown
`;
    expect((await readAny(text)).value).toMatchObject({ implementer: 0x51, cpuCount: 6, online: [0, 1, 2, 3, 4, 5] });
  });
});

describe('what cpu_features tells', () => {
  const CORE = { implementer: 0x41, part: 0xd0c, variant: 3, revision: 1 };

  it('as JSON', async () => {
    const { value } = await readAny(
      '{"arch":"aarch64","implementer":65,"variant":3,"part":3340,"revision":1,"flags":["aes","asimd","fp"]}\n',
    );
    expect(value).toMatchObject({ cpuinfo: [CORE], hwcaps: { names: ['aes', 'asimd', 'fp'] } });
  });

  it('as an object of Node.js', async () => {
    const rows = ['implementer: 65', 'variant: 3', 'part: 3340', 'revision: 1', 'flags: {\n    fp: true,\n    atomics: true\n  }'];
    const { value } = await readAny(`{\n  arch: 'aarch64',\n  ${rows.join(',\n  ')}\n}\n`);
    expect(value).toMatchObject({ cpuinfo: [CORE], archFeatures: { present: ['FEAT_FP', 'FEAT_LSE'], absent: [] } });
  });
});

describe('`docker info` as JSON', () => {
  const info = (architecture: string): string =>
    `{\n  "Architecture": "${architecture}",\n  "KernelVersion": "6.8.0-31-generic",\n  "NCPU": 8,\n  "OSType": "linux"\n}\n`;

  it('tells the kernel and the CPUs', async () => {
    expect((await readAny(info('aarch64'))).value).toMatchObject({ kernel: { release: '6.8.0-31-generic' }, cpuCount: 8 });
  });

  it('of an x86 tells neither', async () => {
    const { value } = await readAny(info('x86_64'));
    expect([value.kernel, value.cpuCount]).toEqual([undefined, undefined]);
  });
});
