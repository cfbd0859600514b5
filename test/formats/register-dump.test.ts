import { describe, expect, it } from 'vitest';
import { parseRegisterDump } from '../../src/formats/register-dump.ts';

const cpusOf = (text: string) => parseRegisterDump(text).value.machine.cpus.map(({ registers }) => registers);

describe('text, a register a line', () => {
  it.each([
    'ID_AA64PFR0_EL1: 0x11',
    'ID_AA64PFR0_EL1 = 0x11',
    'ID_AA64PFR0_EL1=0000000000000011',
    'ID_AA64PFR0_EL1 0x0000_0000_0000_0011',
    '  id_aa64pfr0\t0x11  # comment',
    'SYS_ID_AA64PFR0_EL1 0x11',
    'arm_id_aa64pfr0=0000000000000011',
    'S3_0_C0_C4_0 0x11',
    's3_0_c0_c4_0: 0x11 (EL0, EL1)',
    `ID_AA64PFR0_EL1: ${'0000 '.repeat(8)}- ${'0000 '.repeat(6)}0001 0001`,
  ])('%j', (line) => {
    expect(parseRegisterDump(`\ufeff# a capture\n\n${line}\r\n`)).toEqual({
      value: { machine: { cpus: [{ registers: { ID_AA64PFR0_EL1: 0x11n } }], unlisted: 'unknown' } },
      diagnostics: [],
    });
  });

  it.each(['cpu 1', 'CPU1:', 'processor\t: 1', '[cpu1]', '== CPU #1 ==', '____ Logical CPU #1 ____'])(
    '%j starts another CPU',
    (heading) => {
      expect(cpusOf(`MIDR_EL1 0x1\n${heading}\nMIDR_EL1 0x2\n`)).toEqual([{ MIDR_EL1: 1n }, { MIDR_EL1: 2n }]);
    },
  );

  it.each([
    ['MIDR_EL1: 0x10000000000000000', 'bad-line', 'expected NAME: 0x… with at most 16 hex digits, got "MIDR_EL1: 0x10000000000000000"'],
    ['MIDR_EL1: -3', 'bad-line', 'expected NAME: 0x… with at most 16 hex digits, got "MIDR_EL1: -3"'],
    ['MIDR_EL1', 'bad-line', 'expected NAME: 0x… with at most 16 hex digits, got "MIDR_EL1"'],
    ['something else', 'bad-line', 'expected NAME: 0x… with at most 16 hex digits, got "something else"'],
    ['id_aa64prf0: 0x1', 'bad-register-name', '"id_aa64prf0" is no register name; did you mean ID_AA64PFR0_EL1?'],
    ['TRCDEVARCH: 0x47702a13', 'unknown-register', 'TRCDEVARCH is no ID register that a kernel derives from; left out'],
    ['MAIR_EL2: 0x1', 'unknown-register', expect.stringContaining('MAIR_EL2 is no ID register')],
    ['S3_0_C15_C2_0: 0x1', 'unknown-register', expect.stringContaining('left out')],
    ['REVIDR_EL1: 0x1', 'duplicate-register', expect.stringContaining('REVIDR_EL1 is 0x0000000000000000 already')],
  ])('reports %j', (line, code, message) => {
    const { diagnostics, value } = parseRegisterDump(`REVIDR_EL1: 0x0\n${line}\n`);
    expect(diagnostics).toEqual([expect.objectContaining({ code, where: 'line 2, column 1', message })]);
    expect(value.machine.cpus).toEqual([{ registers: { REVIDR_EL1: 0n } }]);
  });

  it('passes over what a listing bit by bit explains below each register', () => {
    const text = `MIDR_EL1: ${'0000 '.repeat(8)}- 0100 0001 0000 1111 1101 0000 1000 0011\n\n  Implementer:  0x41 (ARM)\n  Part:         0xD08\n`;
    expect(parseRegisterDump(text).value.machine.cpus).toEqual([{ registers: { MIDR_EL1: 0x410f_d083n } }]);
  });

  it.each([
    ['MIDR_EL1 0x1\n', 'unknown'],
    ['unlisted: zero\nMIDR_EL1 0x1\n', undefined],
    ['Unlisted = zero\nMIDR_EL1 0x1\n', undefined],
    ['unlisted: unknown\nMIDR_EL1 0x1\n', 'unknown'],
    ['{"MIDR_EL1": "0x1"}', 'unknown'],
    ['{"unlisted":"zero","cpus":[{"registers":{"MIDR_EL1":"0x1"}}]}', undefined],
    ['{"unlisted":"unknown","cpus":[{"registers":{"MIDR_EL1":"0x1"}}]}', 'unknown'],
  ])('what %j does not list is %s', (text, unlisted) => {
    const { value, diagnostics } = parseRegisterDump(text);
    expect([value.machine.unlisted, diagnostics]).toEqual([unlisted, []]);
  });

  it('a word on what is not listed is zero or unknown', () => {
    expect(parseRegisterDump('{"unlisted":"none","cpus":[{"registers":{}}]}').diagnostics).toEqual([
      expect.objectContaining({ where: 'unlisted', message: expect.stringContaining('"zero" or "unknown"') }),
    ]);
  });

  it('says so if there is nothing', () => {
    expect(parseRegisterDump('# empty\n').diagnostics).toEqual([expect.objectContaining({ code: 'no-registers' })]);
  });
});

describe('JSON', () => {
  it.each([
    ['an object with cpus', { cpus: [{ registers: { MIDR_EL1: '0x1' } }] }],
    ['an array of CPUs', [{ registers: { MIDR_EL1: '0x1' } }]],
    ['one CPU', { registers: { MIDR_EL1: '0x1' } }],
    ['the registers of one CPU', { MIDR_EL1: '0x1' }],
  ])('%s', (_, value) => {
    expect(cpusOf(JSON.stringify(value))).toEqual([{ MIDR_EL1: 1n }]);
  });

  it('counts equal CPUs', () => {
    expect(cpusOf(JSON.stringify({ cpus: [{ count: 3, registers: { MIDR_EL1: '0x1' } }, { registers: {} }] }))).toHaveLength(4);
  });

  it('takes the kernel of a record, or of a recording', () => {
    const cpus = [{ registers: {} }];
    expect(parseRegisterDump(JSON.stringify({ cpus, kernel: { release: '6.1' }, environment: { bootEl: 2 } })).value).toMatchObject({
      kernel: { release: '6.1' },
      environment: { bootEl: 2 },
    });
    expect(parseRegisterDump(JSON.stringify({ cpus, recorded: { release: '5.10', config: 'defconfig', timerHz: 7 } })).value).toMatchObject(
      { kernel: { release: '5.10', config: 'defconfig' }, environment: { timerHz: 7 } },
    );
  });

  it('reports what cannot be read, by path', () => {
    expect(parseRegisterDump('{"cpus":[{"registers":{"MIDR_EL1":5}}]}').diagnostics).toEqual([
      expect.objectContaining({ code: 'bad-value', where: 'cpus[0].registers.MIDR_EL1' }),
    ]);
    expect(parseRegisterDump('{"cpus":[').diagnostics).toEqual([expect.objectContaining({ code: 'bad-json' })]);
  });
});

describe('a dump that breaks off', () => {
  const WHOLE = ['MIDR_EL1 = 0x00000000410fd083', 'ID_AA64PFR0_EL1 = 0x0000000001002222', 'ID_AA64PFR1_EL1 = 0x0000000000000000'];

  it.each(['', '\n'])('has no value where the last one lacks digits that all others have (%j behind it)', (end) => {
    const { value, diagnostics } = parseRegisterDump(`${WHOLE.join('\n')}\nID_AA64ISAR0_EL1 = 0x0000000${end}`);
    expect(Object.keys(value.machine.cpus[0]!.registers)).toEqual(['MIDR_EL1', 'ID_AA64PFR0_EL1', 'ID_AA64PFR1_EL1']);
    expect(diagnostics).toMatchObject([{ code: 'outside', severity: 'note', where: 'line 4, column 1' }]);
  });

  it.each([
    ['within it', `ID_AA64ISAR0_EL1 = 0x1120\n${WHOLE.join('\n')}\n`],
    ['where others are short, too', `${WHOLE.join('\n')}\nCTR_EL0 = 0x84448004\nID_AA64ISAR0_EL1 = 0x1120\n`],
    ['among few', `${WHOLE.slice(0, 2).join('\n')}\nID_AA64ISAR0_EL1 = 0x1120\n`],
  ])('has a short value %s', (_, text) => {
    expect(parseRegisterDump(text).value.machine.cpus[0]!.registers.ID_AA64ISAR0_EL1).toBe(0x1120n);
  });
});
