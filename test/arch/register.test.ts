import { describe, expect, it } from 'vitest';
import { fieldBits, isFieldPath } from '../../src/arch/field-bits.ts';
import { ALL_REGISTERS, fieldsOf, findField, findRegister, registerOf } from '../../src/arch/register.ts';
import { ArmlensError } from '../../src/errors.ts';

describe('finding a register', () => {
  it.each([
    ['ID_AA64PFR0_EL1', 'ID_AA64PFR0_EL1'],
    ['id_aa64pfr0_el1', 'ID_AA64PFR0_EL1'],
    ['ID_AA64PFR0', 'ID_AA64PFR0_EL1'],
    ['ctr', 'CTR_EL0'],
    ['midr', 'MIDR_EL1'],
  ])('%s is %s', (text, name) => {
    expect(findRegister(text)?.name).toBe(name);
  });

  it.each(['', 'ID_AA64PFR9_EL1', 'SCTLR_EL1', '_EL1', 'constructor'])('%j is none', (text) => {
    expect(findRegister(text)).toBeUndefined();
  });

  it('for a caller fails with the nearest name', () => {
    expect(registerOf('midr_el1').longName).toBe('Main ID Register');
    expect(() => registerOf('ID_AA64ISAR1_EL2')).toThrow(
      new ArmlensError('unknown-register', 'no register ID_AA64ISAR1_EL2; did you mean ID_AA64ISAR1_EL1?'),
    );
  });

  it('no two registers share a short name', () => {
    const short = ALL_REGISTERS.map(({ name }) => name.replace(/_EL[0-3]$/, ''));
    expect(new Set(short).size).toBe(short.length);
  });
});

describe('finding a field', () => {
  it.each(['ID_AA64PFR0_EL1.AdvSIMD', 'id_aa64pfr0.advsimd'])('%s is at bits 23 to 20, signed', (path) => {
    expect(findField(path)).toMatchObject({
      register: { name: 'ID_AA64PFR0_EL1' },
      field: { name: 'AdvSIMD', msb: 23, lsb: 20, sign: 'signed' },
    });
  });

  it.each(['ID_AA64PFR0_EL1.Neon', 'NOPE_EL1.FP', 'ID_AA64PFR0_EL1', 'ID_AA64PFR0_EL1.FP.x', '.', ''])('%j is none', (path) => {
    expect(findField(path)).toBeUndefined();
  });

  it('takes the layout of CCSIDR_EL1 without FEAT_CCIDX', () => {
    expect(findField('CCSIDR_EL1.NumSets')?.field).toMatchObject({ variant: 'legacy', msb: 27, lsb: 13 });
    expect(fieldBits('CCSIDR_EL1.NumSets')).toMatchObject({ msb: 27, lsb: 13 });
  });
});

it('the layouts of CCSIDR_EL1 have the same field names at other bits', () => {
  const ccsidr = registerOf('CCSIDR_EL1');
  const names = ['NumSets', 'Associativity', 'LineSize'];
  expect(fieldsOf(ccsidr).map(({ name }) => name)).toEqual(names);
  expect(fieldsOf(ccsidr, 'ccidx').map(({ name, msb, lsb }) => [name, msb, lsb])).toEqual([
    ['NumSets', 55, 32],
    ['Associativity', 23, 3],
    ['LineSize', 2, 0],
  ]);
});

describe('the bits of a field', () => {
  it('agree with its descriptor, for every field of every register', () => {
    for (const register of ALL_REGISTERS) {
      for (const { name, msb, lsb, sign } of fieldsOf(register)) {
        const path = `${register.name}.${name}`;
        if (!isFieldPath(path)) expect.fail(`${path} is missing`);
        expect(fieldBits(path)).toEqual({ register: register.name, name, msb, lsb, sign });
      }
    }
  });

  it.each(['ID_AA64PFR0_EL1.fp', 'constructor', ''])('are not known of %j', (path) => {
    expect(isFieldPath(path)).toBe(false);
  });
});
