import { describe, expect, it } from 'vitest';
import { capturedMidrs, capturedNames } from '../../../src/answers/check-capture.ts';
import { readAny } from '../../../src/formats/read-any.ts';

const OLD = 'fp asimd evtstrm crc32 cpuid';
const NEW = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid';

/** Tables of two boards, of which the first has the fewer names. */
const TABLES: readonly (readonly [string, string])[] = [
  ['a row for each', `| Board | Features |\n|---|---|\n| Alpha | ${OLD} |\n| Beta | ${NEW} |\n`],
  [
    'a row for each, with its core',
    `| Board | Core | Features |\n|---|---|---|\n| Alpha | Cortex-A72 | ${OLD} |\n| Beta | Cortex-A76 | ${NEW} |\n`,
  ],
  ['a column for each', `| | Alpha | Beta |\n|---|---|---|\n| CPU part | 0xd08 | 0xd0b |\n| Features | \`${OLD}\` | \`${NEW}\` |\n`],
  [
    'a column for each, as lscpu has rows',
    `| Row | Alpha | Beta |\n|--|--|--|\n| Architecture | aarch64 | aarch64 |\n| CPU(s) | 4 | 4 |\n| Flags | ${OLD} | ${NEW} |\n`,
  ],
  [
    'a column of what a command prints',
    `| Board | SoC | \`grep Features /proc/cpuinfo \\| head -1\` |\n|---|---|---|\n| Alpha | X1 | ${OLD} |\n| Beta | X2 | ${NEW} |\n`,
  ],
  [
    'HTML',
    `<table><tr><th>Board</th><th>Features</th></tr><tr><td>Alpha</td><td>${OLD}</td></tr><tr><td>Beta</td><td>${NEW}</td></tr></table>`,
  ],
];

describe('a table of several devices', () => {
  it.each(TABLES)('is several machines: %s', async (_, text) => {
    const { value, others = [], diagnostics } = await readAny(`What do these two have?\n\n${text}\nThanks!\n`);
    expect(capturedNames(value)?.join(' ')).toBe(OLD);
    expect(others.map((other) => capturedNames(other.value)?.join(' '))).toEqual([NEW]);
    expect(diagnostics.filter(({ code }) => code === 'another-machine').map(({ message }) => message)).toEqual([
      expect.stringContaining('another machine, Beta, and left out; it has besides aes pmull sha1 sha2 atomics'),
    ]);
  });

  it('knows the core of each that is named', async () => {
    const { value, others = [] } = await readAny(TABLES[1]![1]);
    expect([value, ...others.map((other) => other.value)].map((one) => capturedMidrs(one).map((midr) => (midr >> 4n) & 0xfffn))).toEqual([
      [0xd08n],
      [0xd0bn],
    ]);
  });

  it('of ticks, whose rows tell alone or beside others', async () => {
    const { value, others = [] } = await readAny(
      '| | Alpha | Beta |\n|--|:-:|:-:|\n| AES | ❌ | ✅ |\n| SVE | ❌ | ✅ |\n| CRC32 | ✅ | ✅ |\n',
    );
    expect([value, ...others.map((other) => other.value)].map(({ archFeatures }) => archFeatures)).toEqual([
      { present: ['FEAT_CRC32'], absent: ['FEAT_AES', 'FEAT_SVE'] },
      { present: ['FEAT_AES', 'FEAT_SVE', 'FEAT_CRC32'], absent: [] },
    ]);
  });

  it('of registers, too', async () => {
    const { value, others = [] } = await readAny('| Register | Alpha | Beta |\n|---|---|---|\n| MIDR_EL1 | 0x410fd083 | 0x413fd0c1 |\n');
    expect([value, ...others.map((other) => other.value)].map(({ machine }) => machine?.cpus.map((cpu) => cpu.registers.MIDR_EL1))).toEqual(
      [[0x410f_d083n], [0x413f_d0c1n]],
    );
  });

  it.each([
    ['CPUs', '| Register | CPU0 | CPU1 |\n|---|---|---|\n| MIDR_EL1 | 0x410fd034 | 0x410fd083 |\n', 2],
    ['a row for each CPU', '| CPU | MIDR_EL1 |\n|---|---|\n| 0 | 0x410fd034 |\n| 1 | 0x410fd083 |\n', 2],
    ['a value and its meaning', '| Register | Value | Meaning |\n|---|---|---|\n| MIDR_EL1 | 0x410fd034 | a core |\n', 1],
  ])('a table of %s is one machine', async (_, text, count) => {
    const { value, others } = await readAny(text);
    expect(others).toBeUndefined();
    expect(value.machine?.cpus.length).toBe(count);
  });
});
