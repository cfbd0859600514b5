import { describe, expect, it } from 'vitest';
import { toldArchFeatures } from '../../src/arch/told-arch-features.ts';

describe('what a list of architecture features tells', () => {
  it('of fields: FEAT_LRCPC2 is ID_AA64ISAR1_EL1.LRCPC from 2 on, so that FEAT_LRCPC is there too', () => {
    const { fields, outcomes } = toldArchFeatures(['FEAT_LRCPC2'], []);
    expect(fields.get('ID_AA64ISAR1_EL1.LRCPC')).toBe(0xfffc);
    expect(outcomes.get('FEAT_LRCPC')).toBe(true);
  });

  it('an absence is told by name alone, since a system may keep to itself what the silicon has', () => {
    const { fields, outcomes } = toldArchFeatures([], ['FEAT_SPECRES']);
    expect(fields.size).toBe(0);
    expect(outcomes.get('FEAT_SPECRES')).toBe(false);
  });

  it('an absence of what QEMU switched off is one of the field', () => {
    const { fields, outcomes } = toldArchFeatures([], ['FEAT_SVE'], true);
    expect(fields.get('ID_AA64PFR0_EL1.SVE')).toBe(1);
    expect(outcomes.get('FEAT_SVE')).toBe(false);
  });

  it('a feature implies what it requires: FEAT_SME has FEAT_FCMA with it', () => {
    expect(toldArchFeatures(['FEAT_SME'], []).outcomes.get('FEAT_FCMA')).toBe(true);
  });

  it('one kind of cryptography does not imply another: a CPU with FEAT_AES may lack FEAT_SHA1', () => {
    const { fields, outcomes } = toldArchFeatures(['FEAT_AES'], []);
    expect(outcomes.get('FEAT_SHA1')).toBeUndefined();
    expect(fields.has('ID_AA64ISAR0_EL1.SHA1')).toBe(false);
    expect(toldArchFeatures(['FEAT_SM4'], []).outcomes.get('FEAT_AES')).toBeUndefined();
  });

  it('what requires an absent feature is absent, unless it is said to be there', () => {
    expect(toldArchFeatures([], ['FEAT_SME']).outcomes.get('FEAT_SME2')).toBe(false);
    expect(toldArchFeatures(['FEAT_SME2'], ['FEAT_SME']).outcomes.get('FEAT_SME2')).toBe(true);
  });

  it('what is said to be absent is not implied by a feature that requires it', () => {
    expect(toldArchFeatures(['FEAT_SME'], ['FEAT_FCMA']).outcomes.get('FEAT_FCMA')).toBe(false);
  });

  it('FEAT_FP16 is of both halves: ID_AA64PFR0_EL1.AdvSIMD always has the value of FP', () => {
    const { fields } = toldArchFeatures(['FEAT_FP16'], []);
    expect([fields.get('ID_AA64PFR0_EL1.FP'), fields.get('ID_AA64PFR0_EL1.AdvSIMD')]).toEqual([0x00fe, 0x00fe]);
  });

  it('of a feature that one of several fields shows no field is told', () => {
    const { fields, outcomes } = toldArchFeatures(['FEAT_PAuth'], []);
    expect([...fields.keys()].filter((path) => path.includes('AP'))).toEqual([]);
    expect(outcomes.get('FEAT_PAuth')).toBe(true);
  });
});
