import { describe, expect, it } from 'vitest';
import { parseCsv, separatorOf } from '../../src/formats/csv.ts';
import { parseRegisterCsv } from '../../src/formats/register-csv.ts';

/** The rules of RFC 4180, section 2, by their number. */
const RULES: readonly (readonly [rule: string, text: string, cells: readonly (readonly string[])[]])[] = [
  [
    '1: records end with CR LF',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    '2: the last one need not',
    'a,b\r\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['4: spaces are part of a cell', 'a , b\n', [['a ', ' b']]],
  ['5: cells may stand in quotes', '"a","b"\n', [['a', 'b']]],
  [
    '6: quotes hold separators and line ends',
    '"a\r\nx","b,c"\nd,e\n',
    [
      ['a\r\nx', 'b,c'],
      ['d', 'e'],
    ],
  ],
  ['7: a quote is doubled', '"a""b",c\n', [['a"b', 'c']]],
];

describe('RFC 4180', () => {
  it.each(RULES)('%s', (_, text, cells) => {
    const { value, diagnostics } = parseCsv(text);
    expect(value.map((record) => record.cells)).toEqual(cells);
    expect(diagnostics).toEqual([]);
  });
});

it('counts the lines inside of quotes', () => {
  expect(parseCsv('"a\nb",c\nd,e\n').value.map(({ line }) => line)).toEqual([1, 3]);
});

it.each([
  ['a;b;"c,d"', ';'],
  ['a\tb', '\t'],
  ['a', ','],
])('%j is separated by %j', (text, separator) => {
  expect(separatorOf(text)).toBe(separator);
});

it('a quote that never ends costs its line alone', () => {
  const { value, diagnostics } = parseCsv('a,"b\nc,d\n');
  expect(value.map(({ cells }) => cells)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(diagnostics).toMatchObject([{ code: 'bad-quotes', where: 'line 1, column 3' }]);
});

describe('a table of registers', () => {
  it('takes digits without 0x as hexadecimal if letters or leading zeros say so', () => {
    const { machine } = parseRegisterCsv('register,value\nMIDR_EL1,00000000412fd050\nID_AA64PFR0_EL1,1000000010111112\n');
    expect(machine?.cpus).toEqual([{ registers: { MIDR_EL1: 0x412f_d050n, ID_AA64PFR0_EL1: 0x1000_0000_1011_1112n } }]);
  });

  it('else as decimal', () => {
    const { machine } = parseRegisterCsv('register,value\nMIDR_EL1,1093652560\n');
    expect(machine?.cpus).toEqual([{ registers: { MIDR_EL1: 1093652560n } }]);
  });

  it('leaves empty cells unknown', () => {
    const { machine, diagnostics } = parseRegisterCsv('cpu,MIDR_EL1,REVIDR_EL1\n0,0x1,\n1,n/a,0x0\n');
    expect(machine?.cpus).toEqual([{ registers: { MIDR_EL1: 1n } }, { registers: { REVIDR_EL1: 0n } }]);
    expect(diagnostics).toEqual([]);
  });

  it('keeps the first of several machines, and says so', () => {
    const { name, machine, diagnostics } = parseRegisterCsv('host,cpu,MIDR_EL1\npi,0,0x1\nrock,0,0x2\n');
    expect(name).toBe('pi');
    expect(machine?.cpus).toEqual([{ registers: { MIDR_EL1: 1n } }]);
    expect(diagnostics).toMatchObject([{ code: 'several-machines' }]);
  });

  it('says where a value is no number', () => {
    const { diagnostics } = parseRegisterCsv('cpu,register,value\n0,MIDR_EL1,0xxyz\n');
    expect(diagnostics).toMatchObject([{ code: 'bad-value', where: 'line 2, column 12' }]);
  });
});
