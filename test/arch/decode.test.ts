import { describe, expect, it } from 'vitest';
import { archFeaturesAt, type DecodedField, decodeRegister } from '../../src/arch/decode.ts';
import { type FieldPath, findField, type RegisterName } from '../../src/arch/register.ts';

function field(register: RegisterName, value: bigint, name: string): DecodedField {
  return decodeRegister(register, value).fields.find((one) => one.field.name === name)!;
}

function promised(path: FieldPath, raw: bigint): readonly string[] {
  return archFeaturesAt(findField(path)!.field, raw);
}

describe('a field value', () => {
  it('ID_AA64ISAR1_EL1.LRCPC = 2 promises FEAT_LRCPC and FEAT_LRCPC2', () => {
    expect(field('ID_AA64ISAR1_EL1', 0x0020_0000n, 'LRCPC')).toMatchObject({
      raw: 2n,
      value: 2n,
      name: 'LRCPC2',
      reserved: false,
      archFeatures: ['FEAT_LRCPC', 'FEAT_LRCPC2'],
    });
  });

  it('ID_AA64PFR0_EL1.FP = 0b1111 is not implemented and promises nothing', () => {
    expect(field('ID_AA64PFR0_EL1', 0x000f_0000n, 'FP')).toMatchObject({ raw: 15n, value: -1n, name: 'NI', archFeatures: [] });
  });

  it('ID_AA64PFR0_EL1.FP = 1 promises floating point, then half precision', () => {
    expect(field('ID_AA64PFR0_EL1', 0x0001_0000n, 'FP').archFeatures).toEqual(['FEAT_FP', 'FEAT_FP16']);
  });

  it('a value without a meaning is reserved, and still promises what lower values do', () => {
    expect(field('ID_AA64ISAR1_EL1', 0x00e0_0000n, 'LRCPC')).toMatchObject({
      meaning: 'reserved',
      reserved: true,
      archFeatures: ['FEAT_LRCPC', 'FEAT_LRCPC2', 'FEAT_LRCPC3'],
    });
    expect(field('ID_AA64ISAR1_EL1', 0x00e0_0000n, 'LRCPC')).not.toHaveProperty('name');
  });

  it('a number takes the meaning of its span', () => {
    expect(field('MIDR_EL1', 0x410fd0c0n, 'PartNum')).toMatchObject({ raw: 0xd0cn, meaning: 'Number', reserved: false });
    expect(field('CTR_EL0', 0x0400_0000n, 'CWG')).toMatchObject({ raw: 4n, meaning: 'Log2 of words' });
    expect(field('CTR_EL0', 0x0f00_0000n, 'CWG')).toMatchObject({ raw: 15n, reserved: true });
    expect(field('REVIDR_EL1', 2n ** 64n - 1n, 'IMPDEF').reserved).toBe(false);
  });
});

describe('what a field promises', () => {
  it('ID_AA64DFR0_EL1.PMUVer = 15 is a PMU of the implementer, not the newest one of Arm', () => {
    expect(promised('ID_AA64DFR0_EL1.PMUVer', 15n)).toEqual([]);
    expect(promised('ID_AA64DFR0_EL1.PMUVer', 5n)).toEqual(['FEAT_PMUv3', 'FEAT_PMUv3p1', 'FEAT_PMUv3p4']);
  });

  it('FEAT_EPAC is there at value 2 only: FEAT_PAuth2 takes its place', () => {
    expect(promised('ID_AA64ISAR1_EL1.APA', 2n)).toEqual(['FEAT_PACQARMA5', 'FEAT_PAuth', 'FEAT_EPAC']);
    expect(promised('ID_AA64ISAR1_EL1.APA', 3n)).toEqual(['FEAT_PACQARMA5', 'FEAT_PAuth', 'FEAT_PAuth2']);
  });

  it('a signed field with a negative value promises nothing of value 0', () => {
    expect(promised('ID_AA64MMFR0_EL1.TGran4', 0n)).toEqual(['FEAT_TGran4K']);
    expect(promised('ID_AA64MMFR0_EL1.TGran4', 15n)).toEqual([]);
  });

  it('a field without architecture features promises none', () => {
    expect(promised('MIDR_EL1.PartNum', 0xd0cn)).toEqual([]);
  });
});

describe('a register', () => {
  it('decodes MIDR_EL1 of Neoverse N1', () => {
    const { fields, outsideFields, value } = decodeRegister('MIDR_EL1', 0x413fd0c1n);
    expect(fields.map(({ field: { name }, raw }) => [name, raw])).toEqual([
      ['Implementer', 0x41n],
      ['Variant', 3n],
      ['Architecture', 15n],
      ['PartNum', 0xd0cn],
      ['Revision', 1n],
    ]);
    expect(outsideFields).toBe(0n);
    expect(value).toBe(0x413fd0c1n);
  });

  it('reports bits that are set outside its fields, as Apple M1 does in ID_AA64MMFR2_EL1', () => {
    expect(decodeRegister('ID_AA64MMFR2_EL1', 0x1201_1111_0000_1011n).outsideFields).toBe(0x0000_1000_0000_0000n);
  });

  it('without fields is all outside', () => {
    expect(decodeRegister('ID_AA64AFR1_EL1', 5n)).toMatchObject({ fields: [], outsideFields: 5n });
  });

  it('CCSIDR_EL1 decodes in the layout that is asked for', () => {
    const sets = (variant?: 'ccidx') => decodeRegister('CCSIDR_EL1', 0x0000_00ff_0000_001an, variant).fields[0]?.raw;
    expect(sets('ccidx')).toBe(0xffn);
    expect(sets()).toBe(0n);
  });

  it('ignores bits above 63', () => {
    expect(decodeRegister('MIDR_EL1', 2n ** 64n + 1n).value).toBe(1n);
  });
});
