import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { CORE_LISTS } from '../generated/behaviour.ts';
import type { Rule } from './rule.ts';
import { runsAtEl2 } from './virtualisation.ts';

/** Implementer, architecture and the family part of the part number. */
const KRYO_MASK = 0xff0f_f000n;
const KRYO = 0x510f_2000n;

/** ID_AA64DFR0_EL1.PMUVer: counters that are not the architected ones. */
const PMUVER_IMPDEF = 15;

/** Whether a CPU is no first thread: MPIDR_EL1.Aff0, 8 bits, is the thread on a ThunderX2. */
function hasThreads(cpu: CpuRegisters): boolean {
  return cpu.isNonZero('MPIDR_EL1', 0) || cpu.isNonZero('MPIDR_EL1', 4);
}

/** Rules about errata that look at more than MIDR_EL1. */
export const ERRATUM_RULES: Readonly<Record<string, Rule>> = {
  is_kryo_midr: {
    reads: ['MIDR_EL1'],
    says: 'the core is a Kryo: implementer 0x51, parts 0x200 to 0x2ff',
    judge: ({ cpu }) => cpu.hasMidr(KRYO_MASK, KRYO),
  },
  has_cortex_a76_erratum_1463225: { asks: { rule: 'runs_at_el2' } },
  needs_tx2_tvm_workaround: { asks: { all: [{ rule: 'started-at-el2' }, { rule: 'several-threads' }] } },
  'several-threads': {
    says: 'some core runs several threads (MPIDR_EL1.Aff0)',
    reads: ['MPIDR_EL1'],
    judge: ({ state }) => state.cpus.some(hasThreads),
  },
  // Apple's counters are trapped by a hypervisor only.
  has_impdef_pmuv3: {
    asks: {
      all: [
        { field: 'ID_AA64DFR0_EL1.PMUVer', atLeast: PMUVER_IMPDEF, atMost: PMUVER_IMPDEF },
        { midr: CORE_LISTS['impdef-pmuv3']! },
        { rule: 'runs_at_el2' },
      ],
    },
    judge: ({ state, cpu }) =>
      state.sanitisedField('ID_AA64DFR0_EL1', 8) === PMUVER_IMPDEF && cpu.isIn('impdef-pmuv3') && runsAtEl2(state, cpu),
  },
  has_sme_dvmsync_erratum: { asks: { field: 'ID_AA64PFR1_EL1.SME', atLeast: 1 }, ofSystem: true },
  need_arm_si_l1_workaround_4311569: {
    says: 'firmware names an affected interconnect, which armlens takes as not given',
    judge: () => false,
  },
};
