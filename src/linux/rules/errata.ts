import { isCoreIn } from '../bring-up/evaluate.ts';
import type { Rule } from './judge-rule.ts';
import { isHypModeAvailable, runsAtEl2 } from './virtualisation.ts';

/** Implementer, architecture and the family part of the part number. */
const KRYO_MASK = 0xff0f_f000n;
const KRYO = 0x510f_2000n;

/** ID_AA64DFR0_EL1.PMUVer: counters that are not the architected ones. */
const PMUVER_IMPDEF = 15;

/** The MPIDR_EL1 affinity at level 0: on a ThunderX2, the thread. */
const AFF0 = 0xffn;

/** Rules about errata that look at more than MIDR_EL1. */
export const ERRATUM_RULES: Readonly<Record<string, Rule>> = {
  is_kryo_midr: ({ cpu }) => (cpu.raw('MIDR_EL1') & KRYO_MASK) === KRYO,
  has_cortex_a76_erratum_1463225: (situation) => situation.held() && runsAtEl2(situation.state, situation.cpu),
  needs_tx2_tvm_workaround: ({ state, held }) =>
    held() && isHypModeAvailable(state) && state.cpus.some((cpu) => (cpu.raw('MPIDR_EL1') & AFF0) !== 0n),
  // Apple's counters are trapped by a hypervisor only.
  has_impdef_pmuv3: ({ state, cpu }) =>
    state.sanitisedField('ID_AA64DFR0_EL1', 8) === PMUVER_IMPDEF && isCoreIn(cpu.raw('MIDR_EL1'), 'impdef-pmuv3') && runsAtEl2(state, cpu),
  has_sme_dvmsync_erratum: ({ state, held }) => state.sanitisedField('ID_AA64PFR1_EL1', 24) !== 0 && held(),
  // The affected interconnect says so through firmware, which an ordinary machine does not.
  need_arm_si_l1_workaround_4311569: () => false,
};
