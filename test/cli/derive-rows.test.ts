import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { formatRowFileHeader } from '../../src/formats/row-file.ts';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { packRow } from '../../src/rows/pack-row.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { run } from '../support/fake-io.ts';

const M1 = (await loadMachine('parallels-m1')).machine.cpus[0]!.registers;
const KUNPENG = (await loadMachine('kunpeng-920')).machine.cpus[0]!.registers;
/** Printed on the two machines of the note that the project began with; the last hwcap of each line. */
const LAST = { m1: 'frint', kunpeng: 'asimdfhm' };

function bytesOf(...parts: readonly (Uint8Array | BigUint64Array)[]): Uint8Array {
  return Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)));
}

function derive(bytes: Uint8Array, ...options: string[]) {
  const pieces = [bytes.subarray(0, 5), bytes.subarray(5, 1000), bytes.subarray(1000)].filter(({ length }) => length > 0);
  return run(['derive', '--rows', '-k', '5.10', ...options], { '-': pieces });
}

function lines(text: string): { id: unknown; hwcaps: { words: string[]; names: string[] } }[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe('derive --rows', () => {
  const rows = new BigUint64Array(2 * ROW_REGISTERS.length);
  packRow(M1, rows, 0);
  packRow(KUNPENG, rows, 1);
  const file = bytesOf(formatRowFileHeader({ columns: ROW_REGISTERS }), rows);

  it('reads rows of all registers, however the file is cut', async () => {
    const { code, out, err } = await derive(file);
    expect([code, err]).toEqual([0, '']);
    expect(lines(out).map(({ id, hwcaps }) => [id, hwcaps.names.at(-1)])).toEqual([
      [0, LAST.m1],
      [1, LAST.kunpeng],
    ]);
  });

  it('begins the words at a multiple of 8', () => {
    for (const columns of [['MIDR_EL1'], ['MIDR_EL1', 'REVIDR_EL1'], [...ROW_REGISTERS]])
      expect(formatRowFileHeader({ columns }).length % 8).toBe(0);
  });

  it('takes some registers in any order and spelling, and leaves out one that no row has', async () => {
    const header = formatRowFileHeader({ columns: ['S3_0_C0_C6_1', 'id_aa64pfr0', 'MPIDR_EL1'] });
    const { code, out, err } = await derive(bytesOf(header, BigUint64Array.of(M1.ID_AA64ISAR1_EL1!, 0x11n, 7n)));
    expect(code).toBe(0);
    expect(lines(out)[0]!.hwcaps.names).toContain('ilrcpc');
    expect(err).toBe('MPIDR_EL1: note: no hwcap follows from this register; left out\n');
  });

  it('merges the CPUs of a system', async () => {
    const { out } = await derive(bytesOf(formatRowFileHeader({ columns: ROW_REGISTERS, cpus: 2 }), rows));
    const [system] = lines(out);
    expect(lines(out)).toHaveLength(1);
    expect(system!.hwcaps.names).toContain('jscvt');
    expect(system!.hwcaps.names).not.toContain('lrcpc');
  });

  it('writes words instead of lines', async () => {
    const { out } = await derive(file, '--binary');
    const words = new BigUint64Array(Uint8Array.from(Buffer.from(out, 'latin1')).buffer);
    const [first] = lines((await derive(file)).out);
    expect(words).toHaveLength(6);
    expect(words[0]).toBe(BigInt(first!.hwcaps.words[0]!));
  });

  it.each([
    ['nothing at all', new Uint8Array(0), /line 1: the file does not begin with/],
    ['a text', Buffer.from('hello\n'), /line 1: the file does not begin with/],
    ['a long line', Buffer.alloc(100_000, 0x61), /line 1: the file does not begin with/],
    ['another version', Buffer.from('{"armlens":"rows","version":9,"columns":["MIDR_EL1"]}\n'), /version 9 of the form is not known/],
    ['no columns', Buffer.from('{"armlens":"rows","version":1,"columns":[]}\n'), /columns: expected an array of register names/],
    [
      'a name that is none',
      formatRowFileHeader({ columns: ['ID_AA64ISAR9_EL1'] }),
      /ID_AA64ISAR9_EL1: no register has this name; did you mean/,
    ],
    ['a register twice', formatRowFileHeader({ columns: ['MIDR_EL1', 'midr'] }), /midr: MIDR_EL1 has a column already/],
    ['too many CPUs', formatRowFileHeader({ columns: ['MIDR_EL1'], cpus: 1e6 }), /cpus: expected a whole number from 1 to 4096/],
  ])('says what is wrong with %s', async (_, bytes, message) => {
    const { code, out, err } = await derive(bytes);
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(message);
  });

  it('keeps what came before the end of a file that is cut short', async () => {
    const { code, out, err } = await derive(file.subarray(0, file.length - 8));
    expect(code).toBe(3);
    expect(lines(out)).toHaveLength(1);
    expect(err).toBe('system 1: the file ends within it: 344 of 352 bytes are there\n');
  });

  it('goes with nothing that it would not heed', async () => {
    expect(await derive(file, '--fields', 'user')).toMatchObject({ code: 2, err: 'armlens: --rows takes no --fields\n' });
    expect(await run(['derive', '--binary'], {})).toMatchObject({ code: 2, err: 'armlens: --binary goes with --rows\n' });
    expect(await derive(file, '--engine', 'wasn')).toMatchObject({
      code: 2,
      err: 'armlens: --engine: there is no engine wasn; did you mean wasm?\n',
    });
  });
});

describe('Arrow data', () => {
  const table = tableFromArrays({
    id: ['m1', 'kunpeng'],
    ID_AA64PFR0_EL1: BigUint64Array.of(M1.ID_AA64PFR0_EL1!, KUNPENG.ID_AA64PFR0_EL1!),
    ID_AA64ISAR1_EL1: BigUint64Array.of(M1.ID_AA64ISAR1_EL1!, KUNPENG.ID_AA64ISAR1_EL1!),
  });

  it.each(['file', 'stream'] as const)('is read from a %s, with the ids of its rows', async (kind) => {
    const { code, out, err } = await derive(tableToIPC(table, kind));
    expect([code, err]).toEqual([0, '']);
    expect(lines(out).map(({ id, hwcaps }) => [id, hwcaps.names.includes('ilrcpc')])).toEqual([
      ['m1', true],
      ['kunpeng', false],
    ]);
  });

  it('keeps large ids, and the order of more rows than are turned at a time', async () => {
    const count = 5000;
    const many = tableFromArrays({
      id: BigInt64Array.from({ length: count }, (_, i) => 9_007_199_254_740_993n + BigInt(i)),
      ID_AA64ISAR1_EL1: BigUint64Array.from({ length: count }, (_, i) => (i === count - 1 ? M1.ID_AA64ISAR1_EL1! : 0n)),
    });
    const { out } = await derive(tableToIPC(many, 'stream'));
    const texts = out.trimEnd().split('\n');
    expect(texts).toHaveLength(count);
    expect(texts[0]).toContain('{"id":9007199254740993,');
    expect(texts.map((text) => text.includes('"ilrcpc"')).indexOf(true)).toBe(count - 1);
  });

  it('takes null as zero, and signed words as their bits', async () => {
    const some = tableFromArrays({ ID_AA64PFR0_EL1: [0x11n, null], ID_AA64ISAR0_EL1: BigInt64Array.of(-1n, 0n) });
    const { out } = await derive(tableToIPC(some, 'stream'));
    expect(tableFromIPC(tableToIPC(some)).getChild('ID_AA64PFR0_EL1')!.nullCount).toBe(1);
    expect(lines(out).map(({ hwcaps }) => [hwcaps.names.includes('aes'), hwcaps.names.includes('fp')])).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('says what is wrong with it', async () => {
    const named = tableToIPC(tableFromArrays({ nothing: BigUint64Array.of(1n) }), 'file');
    expect(await derive(named)).toMatchObject({ code: 3, err: "armlens: the table's column nothing: no register has this name\n" });
    const text = tableToIPC(tableFromArrays({ MIDR_EL1: ['0x11'] }), 'file');
    expect(await derive(text)).toMatchObject({ code: 3, err: 'armlens: column MIDR_EL1, row 0: expected a 64-bit integer, got 0x11\n' });
    const cut = tableToIPC(table, 'file').subarray(0, 300);
    expect((await derive(cut)).code).toBe(3);
  });
});
