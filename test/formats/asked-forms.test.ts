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

describe('what grep leaves of dmidecode', () => {
  it.each(['\t', ''])('has cores and their count, indented by %j', async (indent) => {
    const rows = ['ID: 10 D0 1F 48 00 00 00 00', 'Version: Example 920', 'Core Count: 24'].map((row) => `${indent}${row}\n`).join('');
    const { value } = await readAny(`[root@one ~]# dmidecode -t 4 | grep -E 'ID|Version|Core Count'\n${rows}${rows}`);
    expect(value).toMatchObject({ midrs: [0x481f_d010n], cpuCount: 48 });
  });
});

describe('a Mac and the Linux on it', () => {
  const MAC =
    'Hardware Overview:\n  Model Identifier: Mac16,1\n  Chip: Apple M4\n  Total Number of Cores: 10 (4 performance and 6 efficiency)\n';
  const LINE = 'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid sb';

  it('are two machines, and a number below the Features line is no name', async () => {
    const { value, others } = await readAny(`${MAC}In the guest:\n$ grep -m1 Features /proc/cpuinfo; nproc\n${LINE}\n4\n`);
    expect(value.cpuCount).toBeUndefined();
    expect(value.cpuinfo?.[0]?.features.at(-1)).toBe('sb');
    expect(others).toHaveLength(1);
  });
});

it("a report's kernel stands behind its architecture", async () => {
  expect((await readAny('Host: board\nKernel: aarch64 6.12.47+rpt-rpi-v8\n')).value.kernel?.release).toBe('6.12.47+rpt-rpi-v8');
});
