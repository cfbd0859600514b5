import { describe, expect, it } from 'vitest';
import { formatCpuinfo, parseCpuinfo } from '../../src/formats/cpuinfo.ts';
import { readAny } from '../../src/formats/read-any.ts';

// Tabs as arch/arm64/kernel/cpuinfo.c places them: `CPU architecture` has none.
const ONE = `processor\t: 0
BogoMIPS\t: 125.00
Features\t: fp asimd evtstrm
CPU implementer\t: 0x46
CPU architecture: 8
CPU variant\t: 0x1
CPU part\t: 0x001
CPU revision\t: 0

`;
const ENTRY = {
  processor: 0,
  bogoMips: '125.00',
  features: ['fp', 'asimd', 'evtstrm'],
  implementer: 0x46,
  architecture: 8,
  variant: 1,
  part: 1,
  revision: 0,
};

describe('formatCpuinfo', () => {
  it('writes the bytes of /proc/cpuinfo', () => {
    expect(formatCpuinfo([ENTRY])).toBe(ONE);
    expect(formatCpuinfo([ENTRY, { ...ENTRY, processor: 1 }])).toBe(ONE + ONE.replace(': 0\n', ': 1\n'));
  });

  it('puts the model name of the 32-bit view second', () => {
    expect(formatCpuinfo([{ ...ENTRY, modelName: 'ARMv8 Processor rev 0 (v8l)' }]).split('\n')[1]).toBe(
      'model name\t: ARMv8 Processor rev 0 (v8l)',
    );
  });

  it('writes a CPU without features, and without what is unknown', () => {
    expect(formatCpuinfo([{ processor: 3, features: [] }])).toBe('processor\t: 3\nFeatures\t:\n\n');
  });
});

describe('parseCpuinfo', () => {
  it('reads any spacing and line ends', () => {
    const text = ONE.replaceAll('\t', '        ').replaceAll('\n', '\r\n');
    expect(parseCpuinfo(text)).toEqual({ value: [ENTRY], diagnostics: [] });
  });

  it('gives what an old kernel prints once to every CPU', () => {
    const text = `Processor\t: AArch64 Processor rev 2 (aarch64)\nprocessor\t: 0\nprocessor\t: 1\nFeatures\t: fp asimd \nCPU implementer\t: 0x41\nCPU architecture: AArch64\nCPU part\t: 0xd03\n\nHardware\t: A Phone\n`;
    const common = { features: ['fp', 'asimd'], implementer: 0x41, architecture: 8, part: 0xd03 };
    expect(parseCpuinfo(text)).toEqual({
      value: [
        { ...common, processor: 0 },
        { ...common, processor: 1 },
      ],
      diagnostics: [],
    });
  });

  it('gives what stands after all CPUs to each of them', () => {
    const text =
      'processor\t: 0\nBogoMIPS\t: 38.40\n\nprocessor\t: 1\nBogoMIPS\t: 38.40\n\nFeatures\t: half thumb\nCPU implementer\t: 0x51\n';
    const { value } = parseCpuinfo(text);
    expect(value.map(({ features, implementer }) => [features, implementer])).toEqual([
      [['half', 'thumb'], 0x51],
      [['half', 'thumb'], 0x51],
    ]);
  });

  it.each([
    ['processor: 0\nCPU part: 0x1000\n', 'line 2, column 11', 'bad-value', 'expected a number up to 0xfff, got "0x1000"'],
    ['processor: 0\nCPU revision: -1\n', 'line 2, column 15', 'bad-value', 'expected a number up to 0xf, got "-1"'],
    ['processor: 0\nBogoMIPS: fast\n', 'line 2, column 11', 'bad-value', 'expected a number with two decimals, got "fast"'],
    ['processor: 0\n\nprocessor: 0\n', 'line 3, column 1', 'duplicate-cpu', 'processor 0 stands here for the second time'],
    ['processor: 0\nprocessor: two\n', 'line 2, column 12', 'bad-value', 'expected the number of a CPU, got "two"'],
    ['processor: 0\ngarbage\n', 'line 2, column 1', 'bad-line', 'expected "name : value", got "garbage"'],
    ['processor: 0\nflags: sse2\n', 'line 2, column 1', 'unknown-line', '"flags" is not read'],
  ])('reports %j', (text, where, code, message) => {
    expect(parseCpuinfo(text).diagnostics).toEqual([expect.objectContaining({ where, code, message })]);
  });
});

it('names that were read from a picture are as they look, and it is said once', () => {
  const { value, diagnostics } = parseCpuinfo(
    'processor : 0\nFeatures : fp asimd shal f1agm crc32\nIrcpc ssbs\nCPU part : 0xd0c\n\nprocessor : 1\nFeatures : fp asimd shal\n',
  );
  expect(value[0]?.features).toEqual(['fp', 'asimd', 'sha1', 'flagm', 'crc32', 'lrcpc', 'ssbs']);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '"shal" is taken for sha1, which it looks like',
    '"f1agm" is taken for flagm, which it looks like',
    '"Ircpc" is taken for lrcpc, which it looks like',
  ]);
});

it('a row whose name someone typed with a letter wrong is that row', () => {
  const { value, diagnostics } = parseCpuinfo(
    'processor : 0\nCPU implementor : 0x41\nCPU prat : 0xd08\nCPU recision : 3\ncpu MHz : 1500.000\nCPU model : 7\n',
  );
  expect(value).toMatchObject([{ implementer: 0x41, part: 0xd08, revision: 3 }]);
  expect(diagnostics.map(({ message }) => message)).toEqual(['"cpu model" is not read']);
});

it("BogoMIPS by x86's name is a vendor's number, not twice the timer's frequency", () => {
  const { value, diagnostics } = parseCpuinfo('processor : 0\nbogomips : 3456.00\nFeatures : fp asimd\n');
  expect([value[0]?.bogoMips, value[0]?.features, diagnostics]).toEqual([undefined, ['fp', 'asimd'], []]);
});

it('rows that grep leaves without numbers tell of two kinds of core, and of neither alone', async () => {
  const { value } = await readAny('CPU part\t: 0xd08\nCPU part\t: 0xd0b\n');
  expect([value.cpuinfo?.map(({ part }) => part), value.cores, value.uncounted]).toEqual([[0xd08, 0xd0b], undefined, true]);
});
