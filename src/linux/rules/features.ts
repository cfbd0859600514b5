import { CORE_LISTS } from '../generated/behaviour.ts';
import type { Condition } from '../release/rows.ts';
import { OWN, type Rule, type RuleSituation } from './rule.ts';

/** 52 bits of address with a granule, at both stages; `reaches` is what the field of stage 1 then says. */
function lpa2(granule: string, reaches: number): Condition {
  return {
    all: [
      { field: `ID_AA64MMFR0_EL1.${granule}`, atLeast: reaches, atMost: reaches },
      { field: `ID_AA64MMFR0_EL1.${granule}_2`, atLeast: STAGE2_LPA2, atMost: STAGE2_LPA2 },
    ],
  };
}

/** The bit MPAMIDR_EL1.HAS_HCR. */
const MPAMIDR_HAS_HCR = 17;

/** Errata that forbid the hardware to mark pages dirty. */
const DIRTY_BIT_ERRATA = [
  { option: 'CONFIG_ARM64_ERRATUM_1024718', list: 'erratum-1024718' },
  { option: 'CONFIG_ARM64_ERRATUM_2051678', list: 'erratum-2051678' },
] as const;

/** Stage 2 granule field: supported with 52 bits. */
const STAGE2_LPA2 = 3;

/** Whether a CPU marks pages dirty by itself, and does it right. */
export function usesDirtyBit({ state, cpu, held }: Pick<RuleSituation, 'state' | 'cpu' | 'held'>): boolean {
  const broken = DIRTY_BIT_ERRATA.some(({ option, list }) => state.model.option(option) === 'y' && cpu.isIn(list));
  return held() && !broken;
}

/** Rules about features proper. */
export const FEATURE_RULES: Readonly<Record<string, Rule>> = {
  has_always: {},
  has_no_hw_prefetch: { asks: { midr: CORE_LISTS['no-hardware-prefetch']! } },
  has_no_fpsimd: { asks: { field: 'ID_AA64PFR0_EL1.FP', atLeast: -8, atMost: -1, sign: 'signed' }, ofSystem: true },
  has_useable_cnp: { asks: { not: { any: [{ cpucap: 'WORKAROUND_NVIDIA_CARMEL_CNP' }, { cpucap: 'WORKAROUND_DISABLE_CNP' }] } } },
  // Which CPUs do so is found out one by one, when each is enabled.
  has_hw_dbm: {
    says: 'always: each CPU is looked at when it is enabled',
    reads: ['ID_AA64MMFR1_EL1.HAFDBS', 'MIDR_EL1'],
    judge: (situation) => {
      const { state, cpu } = situation;
      const perCpu = state.model.capabilitiesNamed.get('HW_DBM')?.[0]?.perCpu;
      if (!perCpu && usesDirtyBit(situation))
        state.printOnce('dirty bit', 'cpufeature', { code: 'detected', description: 'Hardware dirty bit management', erratum: false }, cpu);
      return true;
    },
  },
  has_amu: {
    says: 'always: each CPU is looked at when it is enabled',
    judge: () => true,
  },
  has_32bit_el0: {
    asks: { any: [OWN, { rule: 'mismatched-32bit-el0' }] },
    judge: ({ state, scope, held }) => {
      if (!held()) return state.parameters.mismatched32BitEl0 === true;
      if (scope === 'system' && state.model.behaviour['mismatched-32bit-el0'])
        state.print('cpufeature', { code: 'detected', description: '32-bit EL0 Support', erratum: false });
      return true;
    },
  },
  cpufeature_pan_not_uao: { asks: { all: [{ cpucap: 'HAS_PAN' }, { not: { cpucap: 'HAS_UAO' } }] } },
  has_lpa2: {
    asks: {
      any: [
        { all: [{ config: 'CONFIG_ARM64_4K_PAGES' }, lpa2('TGran4', 1)] },
        { all: [{ config: 'CONFIG_ARM64_16K_PAGES' }, { not: { config: 'CONFIG_ARM64_4K_PAGES' } }, lpa2('TGran16', 2)] },
      ],
    },
    ofSystem: true,
  },
  has_rasv1p1: {
    asks: {
      any: [
        { field: 'ID_AA64PFR0_EL1.RAS', atLeast: 2 },
        {
          all: [
            { field: 'ID_AA64PFR0_EL1.RAS', atLeast: 1 },
            { field: 'ID_AA64PFR1_EL1.RAS_frac', atLeast: 1 },
          ],
        },
      ],
    },
  },
  has_pmuv3: { asks: { field: 'ID_AA64DFR0_EL1.PMUVer', atLeast: 1, atMost: 14 } },
  has_bbml2_noabort: { asks: { midr: CORE_LISTS['bbml2-noabort']! } },
  test_has_mpam: {
    asks: { rule: 'mpam-enabled' },
  },
  test_has_mpam_hcr: {
    says: 'MPAM can be kept from guests: MPAMIDR_EL1.HAS_HCR is set on all CPUs',
    reads: ['MPAMIDR_EL1'],
    judge: ({ state }) => (state.sanitisedField('MPAMIDR_EL1', MPAMIDR_HAS_HCR) & 1) !== 0,
  },
  'mismatched-32bit-el0': {
    says: 'allow_mismatched_32bit_el0 is on the command line',
    cmdline: ['allow_mismatched_32bit_el0'],
    judge: ({ state }) => state.parameters.mismatched32BitEl0 === true,
  },
  'mpam-enabled': {
    says: 'firmware has switched MPAM on (MPAM1_EL1.MPAMEN), which armlens takes as not given',
    judge: () => false,
  },
};
