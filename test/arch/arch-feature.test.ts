import { describe, expect, it } from 'vitest';
import {
  ALL_ARCH_FEATURES,
  evaluateArchFeatures,
  evaluateIdentification,
  findArchFeature,
  type Identification,
  implementedArchFeatures,
} from '../../src/arch/arch-feature.ts';
import type { RegisterName } from '../../src/arch/register.ts';
import { insertField } from '../../src/bits/field.ts';

const LRCPC2 = { ID_AA64ISAR1_EL1: 0x0020_0000n } as const;

function outcome(expression: Identification, registers: Readonly<Partial<Record<RegisterName, bigint>>> = LRCPC2): boolean | undefined {
  return evaluateIdentification(expression, (register) => registers[register]);
}

describe('finding an architecture feature', () => {
  it.each(['FEAT_LRCPC2', 'feat_lrcpc2', 'LRCPC2', 'lrcpc2'])('%s is FEAT_LRCPC2', (text) => {
    expect(findArchFeature(text)).toMatchObject({ name: 'FEAT_LRCPC2', mandatoryFrom: 'Armv8.4-A', linuxHwcaps: ['ilrcpc'] });
  });

  it('FEAT_NOPE is none', () => {
    expect(findArchFeature('FEAT_NOPE')).toBeUndefined();
  });
});

describe('an expression', () => {
  const known: Identification = { field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 };
  const failed: Identification = { field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 3 };
  const unknown: Identification = { field: 'ID_AA64ISAR0_EL1.AES', atLeast: 1 };

  it.each<[Identification, boolean | undefined]>([
    [known, true],
    [failed, false],
    [unknown, undefined],
    [{ field: 'ID_AA64ISAR1_EL1.LRCPC', equals: 2 }, true],
    [{ field: 'ID_AA64ISAR1_EL1.LRCPC', equals: 1 }, false],
    [{ field: 'ID_AA64ISAR1_EL1.LRCPC', below: 3 }, true],
    [{ field: 'ID_AA64ISAR1_EL1.LRCPC', below: 2 }, false],
    [{ field: 'ID_AA64ISAR1_EL1.LRCPC', oneOf: [1, 2] }, true],
    [{ field: 'ID_AA64ISAR1_EL1.LRCPC', oneOf: [1, 3] }, false],
    [{ all: [known, unknown] }, undefined],
    [{ all: [failed, unknown] }, false],
    [{ all: [known, known] }, true],
    [{ any: [known, unknown] }, true],
    [{ any: [failed, unknown] }, undefined],
    [{ any: [failed, failed] }, false],
    [{ not: failed }, true],
    [{ not: unknown }, undefined],
    [{ archFeature: 'FEAT_LRCPC2' }, true],
    [{ archFeature: 'FEAT_LRCPC3' }, false],
    [{ archFeature: 'FEAT_AES' }, undefined],
    [{ archFeature: 'FEAT_TRBE_EXT' }, undefined],
    [{ always: true }, true],
    [{ always: false }, false],
  ])('%j with LRCPC = 2 and nothing else known is %s', (expression, expected) => {
    expect(outcome(expression)).toBe(expected);
  });

  it('compares with the sign of the field: FP = 0b1111 is below 0', () => {
    expect(outcome({ field: 'ID_AA64PFR0_EL1.FP', atLeast: 0 }, { ID_AA64PFR0_EL1: 0x000f_0000n })).toBe(false);
    expect(outcome({ field: 'ID_AA64PFR0_EL1.FP', equals: -1 }, { ID_AA64PFR0_EL1: 0x000f_0000n })).toBe(true);
  });

  it('a level is not reached if a register shows that something mandatory is missing', () => {
    expect(outcome({ level: 'Armv8.1-A' }, { ID_AA64ISAR0_EL1: 0n })).toBe(false);
    expect(outcome({ level: 'Armv8.1-A' }, {})).toBe(undefined);
  });
});

// Cortex-A53 as its manual gives it (Arm DDI 0500, "AArch64 identification registers"); the registers that came later read as zero.
const CORTEX_A53 = {
  ID_AA64PFR0_EL1: 0x0000_2222n,
  ID_AA64PFR1_EL1: 0n,
  ID_AA64ISAR0_EL1: 0x0001_1120n,
  ID_AA64ISAR1_EL1: 0n,
  ID_AA64ISAR2_EL1: 0n,
  ID_AA64MMFR0_EL1: 0x0000_1122n,
  ID_AA64MMFR1_EL1: 0n,
  ID_AA64MMFR2_EL1: 0n,
  ID_AA64DFR0_EL1: 0x1030_5106n,
} as const;

describe('the architecture features of Cortex-A53', () => {
  const found = implementedArchFeatures(CORTEX_A53);

  it.each([
    'FEAT_FP',
    'FEAT_AdvSIMD',
    'FEAT_AES',
    'FEAT_PMULL',
    'FEAT_SHA1',
    'FEAT_SHA256',
    'FEAT_CRC32',
    'FEAT_AA32EL0',
    'FEAT_AA64EL3',
    'FEAT_TGran4K',
    'FEAT_TGran64K',
  ] as const)('have %s', (name) => {
    expect(found.has(name)).toBe(true);
  });

  it.each(['FEAT_LSE', 'FEAT_RDM', 'FEAT_FP16', 'FEAT_SHA3', 'FEAT_PAuth', 'FEAT_SVE', 'FEAT_VHE', 'FEAT_BBM', 'FEAT_TGran16K'] as const)(
    'lack %s',
    (name) => {
      expect(found.has(name)).toBe(false);
      expect(evaluateArchFeatures((register) => (CORTEX_A53 as Partial<Record<RegisterName, bigint>>)[register]).get(name)).toBe(false);
    },
  );
});

describe('FEAT_BBM', () => {
  // No real core: every field at 7, above all that is mandatory, but BBM at 0. DebugVer starts at 6, L1Ip is no more than 3.
  const all7 = 0x7777_7777_7777_7777n;
  const noBbm = insertField(all7, { msb: 55, lsb: 52 }, 0n);
  const others: Partial<Record<RegisterName, bigint>> = { ID_AA64DFR0_EL1: 0x7777_7777_7777_777an, CTR_EL0: 0x8000_c000n };
  const core = (mmfr2: bigint) => (register: RegisterName) => (register === 'ID_AA64MMFR2_EL1' ? mmfr2 : (others[register] ?? all7));

  it('is there by its level where its own field is 0', () => {
    expect(evaluateIdentification({ field: 'ID_AA64MMFR2_EL1.BBM', atLeast: 1 }, core(noBbm))).toBe(false);
    expect(evaluateIdentification({ archFeature: 'FEAT_BBM' }, core(noBbm))).toBe(true);
    expect(evaluateIdentification({ level: 'Armv8.4-A' }, core(noBbm))).toBe(true);
    expect(evaluateArchFeatures(core(noBbm)).get('FEAT_BBM')).toBe(true);
  });

  it('is not there where its field is 0 and FEAT_LSE2, mandatory at the same level, is missing', () => {
    const noLse2 = insertField(noBbm, { msb: 35, lsb: 32 }, 0n);
    expect(evaluateIdentification({ archFeature: 'FEAT_LSE2' }, core(noLse2))).toBe(false);
    expect(evaluateIdentification({ archFeature: 'FEAT_BBM' }, core(noLse2))).toBe(false);
  });

  it('is unknown where its field is 0 and the level is unknown', () => {
    expect(outcome({ archFeature: 'FEAT_BBM' }, { ID_AA64MMFR2_EL1: noBbm })).toBe(undefined);
  });
});

it('without any register nothing is shown but what always holds', () => {
  expect([...implementedArchFeatures({})]).toEqual(['FEAT_AA64']);
});

it('every architecture feature has an outcome', () => {
  expect(evaluateArchFeatures(() => 0n).size).toBe(ALL_ARCH_FEATURES.length);
});
