import type { Condition } from '../release/rows.ts';
import { knownCores, type Rule, type RuleSituation } from './rule.ts';
import { isHypModeAvailable, runsAtEl2 } from './virtualisation.ts';

/** The names that the GIC's CPU interface has had. */
const CPU_INTERFACE = ['HAS_SYSREG_GIC_CPUIF', 'HAS_GIC_CPUIF_SYSREGS', 'HAS_GICV3_CPUIF'];

/** The interrupt controller is driven through system registers. */
const HAS_INTERFACE: Condition = { any: CPU_INTERFACE.map((cpucap) => ({ cpucap })) };

/** The bit ICH_VTR_EL2.TDS: a guest's writes of ICV_DIR_EL1 can be trapped on their own. */
const VTR_TDS = 19;

/** The bit ICH_VTR_EL2.SEIS: virtual system errors can be made locally. */
const VTR_SEIS = 22;

/** Whether a bit of ICH_VTR_EL2 is set. */
function hasBit(cpu: RuleSituation['cpu'], bit: number): boolean {
  return cpu.field('ICH_VTR_EL2', bit, 1) !== 0;
}

/** Rules about the interrupt controller's CPU interface. The interface is taken to be usable where the ID register shows it. */
export const GIC_RULES: Readonly<Record<string, Rule>> = {
  has_useable_gicv3_cpuif: {},
  can_use_gic_priorities: {
    asks: { all: [{ rule: 'pseudo-nmi' }, HAS_INTERFACE] },
    judge: ({ state, of, held }) =>
      state.parameters.pseudoNmi === true && (of === undefined ? CPU_INTERFACE.some((name) => state.capabilities.has(name)) : held()),
  },
  'pseudo-nmi': {
    says: 'irqchip.gicv3_pseudo_nmi=1 is on the command line',
    cmdline: ['irqchip.gicv3_pseudo_nmi=1'],
    judge: ({ state }) => state.parameters.pseudoNmi === true,
  },
  has_gic_prio_relaxed_sync: { asks: { cpucap: 'HAS_GIC_PRIO_MASKING' } },
  test_has_gicv5_legacy: {
    says: 'the interrupt controller is a GICv5 that can also be one of version 3, which armlens takes as not given',
    judge: () => false,
  },
  has_broken_gic_v3_seis: {
    asks: { all: [{ rule: 'impdef-pmuv3' }, { rule: 'runs_at_el2' }, { rule: 'virtual-serror' }] },
    judge: ({ state, cpu }) => runsAtEl2(state, state.boot) && cpu.isIn('impdef-pmuv3') && hasBit(cpu, VTR_SEIS),
  },
  can_trap_icv_dir_el1: {
    asks: {
      all: [{ any: [HAS_INTERFACE, { rule: 'hidden-gic-interface' }] }, { rule: 'started-at-el2' }, { rule: 'traps-deactivation' }],
    },
    reads: ['ID_AA64PFR0_EL1.GIC'],
    judge: ({ state, cpu }) => {
      const hasInterface = CPU_INTERFACE.some((name) => state.cpuMatches(name, cpu)) || cpu.isIn('hidden-gic-interface');
      return hasInterface && isHypModeAvailable(state) && hasBit(cpu, VTR_TDS);
    },
  },
  'hidden-gic-interface': knownCores(
    'hidden-gic-interface',
    'the core is one of those that have the virtual CPU interface of GICv3 and do not say so',
  ),
  'virtual-serror': {
    says: 'ICH_VTR_EL2.SEIS is set',
    reads: ['ICH_VTR_EL2'],
    judge: ({ cpu }) => hasBit(cpu, VTR_SEIS),
  },
  'traps-deactivation': {
    says: 'ICH_VTR_EL2.TDS is set',
    reads: ['ICH_VTR_EL2'],
    judge: ({ cpu }) => hasBit(cpu, VTR_TDS),
  },
};
