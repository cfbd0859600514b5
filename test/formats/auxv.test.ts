import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAuxv, formatAuxvText, parseAuxv, parseAuxvText } from '../../src/formats/auxv.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { auxvView } from '../../src/process/auxv.ts';
import { handmadeSystem } from '../support/system.ts';

describe('bytes', () => {
  it('are little-endian words of the process, ended by AT_NULL', () => {
    expect([...formatAuxv({ bits: 32, entries: [{ type: 16, value: 0x16_8096n }] })]).toEqual([
      16, 0, 0, 0, 0x96, 0x80, 0x16, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect([...formatAuxv({ bits: 64, entries: [{ type: 26, value: 1n << 40n }] })]).toEqual([
      26,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      0,
      0,
      ...new Array(16).fill(0),
    ]);
  });

  it('of 64 bits, read as 32, are recognised where that is possible', () => {
    const bytes = formatAuxv({ bits: 32, entries: [{ type: 16, value: 3n }] });
    expect(parseAuxv(bytes, 64).diagnostics).toEqual([expect.objectContaining({ code: 'bad-auxv-type', where: 'byte 0' })]);
  });

  it('that are cut short keep what is whole', () => {
    const bytes = formatAuxv({ bits: 64, entries: [{ type: 16, value: 3n }] }).subarray(0, 20);
    expect(parseAuxv(bytes, 64)).toEqual({
      value: { bits: 64, entries: [{ type: 16, value: 3n }] },
      diagnostics: [expect.objectContaining({ code: 'no-at-null' })],
    });
  });

  it('read back as they were written', () => {
    const vector = fc.constantFrom(32 as const, 64 as const).chain((bits) =>
      fc.record({
        bits: fc.constant(bits),
        entries: fc.array(
          fc.record({ type: fc.integer({ min: 1, max: 60 }), value: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }) }),
        ),
      }),
    );
    fc.assert(
      fc.property(vector, (given) => {
        expect(parseAuxv(formatAuxv(given), given.bits)).toEqual({ value: given, diagnostics: [] });
      }),
    );
  });
});

describe('text', () => {
  // Labels and columns as glibc's elf/dl-sysdep.c, _dl_show_auxv(), prints them.
  const TEXT = 'AT_HWCAP:             3\nAT_CLKTCK:            100\nAT_HWCAP2:            0x0\nAT_PLATFORM:          aarch64\n';

  it('is that of LD_SHOW_AUXV=1', () => {
    const vector = auxvView(handmadeSystem(), { bits: 64 });
    expect(formatAuxvText(vector)).toBe(TEXT);
    expect(parseAuxvText(TEXT)).toEqual({ value: vector, diagnostics: [] });
  });

  it('passes over what depends on the process, and keeps types without a label', () => {
    const text = 'AT_PAGESZ:            4096\nAT_EXECFN:            /bin/true\nAT_??? (0x1b): 0x1c\n';
    expect(parseAuxvText(text)).toEqual({ value: { bits: 64, entries: [{ type: 0x1b, value: 0x1cn }] }, diagnostics: [] });
    expect(formatAuxvText({ bits: 64, entries: [{ type: 0x1b, value: 0x1cn }] })).toBe('AT_??? (0x1b): 0x1c\n');
  });

  it('has words of bits, as Android prints them', () => {
    const { entries } = parseAuxvText('AT_HWCAP             0b100010000111\nAT_HWCAP2            0\n').value;
    expect(entries.map(({ value }) => value)).toEqual([0x887n, 0n]);
  });

  // fp asimd evtstrm, then aes pmull sha1 sha2, crc32: read in the other base, asimd or aes would be missing.
  it.each([
    ['getauxval(AT_HWCAP) = 255', 0xffn],
    ['getauxval(16) = 2047', 0x7ffn],
    ['AT_HWCAP: 255', 0xffn],
    ['hwcap: 887', 0x887n],
    ['hwcap=119fff', 0x11_9fffn],
    ['hwcap: 4096', undefined],
    ['hwcap: 3', 3n],
    ['hwcap: 3.5', undefined],
  ])('has numbers without 0x in the base in which their bits go together: %s', (line, value) => {
    expect(parseAuxvText(`${line}\n`).value.entries.map((entry) => entry.value)).toEqual(value === undefined ? [] : [value]);
  });

  it('has a number with 0x as it stands, whether or not a kernel would give it', async () => {
    expect((await readAny('AT_HWCAP: 0xeffffdff\n')).value.hwcaps?.words).toEqual([0xefff_fdffn]);
  });

  it('takes of AT_HWCAP2 without 0x what is the same in either base', () => {
    const { entries } = parseAuxvText('getauxval(26) = 0\nhwcap3 = 12\n').value;
    expect(entries).toEqual([{ type: 26, value: 0n }]);
  });

  it.each(['AT_HWCAP: many', 'AT_CLKTCK: 0x64', 'AT_NONSENSE: 1', 'hello'])('reports %j', (line) => {
    expect(parseAuxvText(`\n${line}\n`).diagnostics).toEqual([expect.objectContaining({ code: 'bad-line', where: 'line 2, column 1' })]);
  });
});

it("what glibc's ld.so --list-diagnostics prints is an auxiliary vector, with the kernel and each kind of core", async () => {
  const text = [
    'dl_hwcap=0x0',
    'dl_platform="aarch64"',
    'auxv[0x0].a_type=0x10',
    'auxv[0x0].a_val=0x887',
    'auxv[0x1].a_type=0x6',
    'auxv[0x1].a_val=0x1000',
    'uname.release="6.1.0-99-arm64"',
    'uname.version="#1 SMP Debian 6.1.140-1 (2025-05-22)"',
    'aarch64.cpu_features.zva_size=0x40',
    'aarch64.processor[0x0].midr_el1=0x410fd083',
  ].join('\n');
  const { value, diagnostics } = await readAny(text);
  expect(value).toMatchObject({ hwcaps: { words: [0x887n] }, kernel: { release: '6.1.140', config: 'debian' }, midrs: [0x410fd083n] });
  expect(diagnostics).toEqual([]);
});
