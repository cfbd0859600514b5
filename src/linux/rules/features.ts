import type { BootState } from '../bring-up/boot-state.ts';
import { isCoreIn } from '../bring-up/evaluate.ts';
import type { Rule, RuleSituation } from './judge-rule.ts';

/** A 4-bit field of a register as the rule's scope sees it. */
function field(value: bigint, lsb: number): number {
  return Number((value >> BigInt(lsb)) & 0xfn);
}

/** Where the granule of this kernel stands in ID_AA64MMFR0_EL1, for stage 1 and stage 2, and the values that mean 52 bits. */
const LPA2_GRANULES = [
  { option: 'CONFIG_ARM64_4K_PAGES', stage1: 28, reaches: 1, stage2: 40 },
  { option: 'CONFIG_ARM64_16K_PAGES', stage1: 20, reaches: 2, stage2: 32 },
] as const;

/** MPAMIDR_EL1.HAS_HCR. */
const MPAMIDR_HAS_HCR = 1n << 17n;

/** Errata that forbid the hardware to mark pages dirty. */
const DIRTY_BIT_ERRATA = [
  { option: 'CONFIG_ARM64_ERRATUM_1024718', list: 'erratum-1024718' },
  { option: 'CONFIG_ARM64_ERRATUM_2051678', list: 'erratum-2051678' },
] as const;

/** Stage 2 granule field: supported with 52 bits. */
const STAGE2_LPA2 = 3;

/** Whether the command line lets AArch32 programs run where only some CPUs can run them. */
function mismatched32BitEl0({ model, cmdline }: BootState): boolean {
  return model.behaviour['mismatched-32bit-el0'] && cmdline.has('allow_mismatched_32bit_el0');
}

/** Whether a CPU marks pages dirty by itself, and does it right. */
export function usesDirtyBit({ state, cpu, held }: Pick<RuleSituation, 'state' | 'cpu' | 'held'>): boolean {
  const broken = DIRTY_BIT_ERRATA.some(({ option, list }) => state.model.option(option) === 'y' && isCoreIn(cpu.raw('MIDR_EL1'), list));
  return held() && !broken;
}

/** Rules about features proper. */
export const FEATURE_RULES: Readonly<Record<string, Rule>> = {
  has_always: () => true,
  has_no_hw_prefetch: ({ cpu }) => isCoreIn(cpu.raw('MIDR_EL1'), 'no-hardware-prefetch'),
  has_no_fpsimd: ({ state }) => state.sanitisedField('ID_AA64PFR0_EL1', 16) >= 8,
  has_useable_cnp: ({ state, held }) => {
    const broken = ['WORKAROUND_NVIDIA_CARMEL_CNP', 'WORKAROUND_DISABLE_CNP'].some((name) => state.capabilities.has(name));
    return !broken && held();
  },
  // Which CPUs do so is found out one by one, when each is enabled.
  has_hw_dbm: (situation) => {
    const { state, cpu } = situation;
    const perCpu = state.model.capabilitiesNamed.get('HW_DBM')?.[0]?.perCpu;
    if (!perCpu && usesDirtyBit(situation))
      state.printOnce('dirty bit', 'cpufeature', { code: 'detected', description: 'Hardware dirty bit management', erratum: false }, cpu);
    return true;
  },
  has_amu: () => true,
  has_32bit_el0: ({ state, scope, held }) => {
    if (!held()) return mismatched32BitEl0(state);
    if (scope === 'system' && state.model.behaviour['mismatched-32bit-el0'])
      state.print('cpufeature', { code: 'detected', description: '32-bit EL0 Support', erratum: false });
    return true;
  },
  cpufeature_pan_not_uao: ({ state }) => state.capabilities.has('HAS_PAN') && !state.capabilities.has('HAS_UAO'),
  has_lpa2: ({ state }) => {
    const granule = LPA2_GRANULES.find(({ option }) => state.model.option(option) === 'y');
    if (!granule) return false;
    return (
      state.sanitisedField('ID_AA64MMFR0_EL1', granule.stage1) === granule.reaches &&
      state.sanitisedField('ID_AA64MMFR0_EL1', granule.stage2) === STAGE2_LPA2
    );
  },
  has_rasv1p1: ({ facts }) => {
    const ras = field(facts.register('ID_AA64PFR0_EL1'), 28);
    return ras >= 2 || (ras >= 1 && field(facts.register('ID_AA64PFR1_EL1'), 12) >= 1);
  },
  has_pmuv3: ({ facts }) => {
    const version = field(facts.register('ID_AA64DFR0_EL1'), 8);
    return version !== 0 && version !== 15;
  },
  has_bbml2_noabort: ({ cpu }) => isCoreIn(cpu.raw('MIDR_EL1'), 'bbml2-noabort'),
  // Firmware must have set MPAM1_EL1.MPAMEN, which an ordinary virtual machine's has not.
  test_has_mpam: () => false,
  test_has_mpam_hcr: ({ state }) => (state.sanitised('MPAMIDR_EL1') & MPAMIDR_HAS_HCR) !== 0n,
};
