import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { isWholeBoot } from '../environment.ts';
import { knownCores, OWN, type Rule } from './rule.ts';

/** Whether the kernel was entered at EL2, so that it can be a hypervisor. */
export function isHypModeAvailable({ environment }: BootState): boolean {
  return environment.bootEl === 2;
}

/** Whether a kernel that was entered at EL2 stays there if the CPU lets it: it knows VHE, and was not told otherwise. */
function staysAtEl2({ model, overrides, environment }: BootState): boolean {
  return environment.nvhe !== true && overrides.software.get('hvhe') !== 1 && model.capabilitiesNamed.has('HAS_VIRT_HOST_EXTN');
}

/** Whether the kernel itself runs at EL2: entered there, with VHE, and not told otherwise. */
export function runsAtEl2(state: BootState, cpu: CpuRegisters): boolean {
  if (!isHypModeAvailable(state) || !staysAtEl2(state)) return false;
  return state.localField(cpu, 'ID_AA64MMFR1_EL1', 8) !== 0;
}

/** The mode of KVM; `default` where nothing else was asked for, or could be had. */
type KvmMode = 'default' | 'none' | 'protected' | 'nested';

/**
 * What `kvm-arm.mode=` came to: each value is taken if the exception level at which the kernel runs allows it. It is KVM that reads it,
 * so where only the CPU feature code runs nobody does.
 *
 * @see Linux `arch/arm64/kvm/arm.c`, `early_kvm_mode_cfg()`.
 */
export function kvmMode(state: BootState): KvmMode {
  let mode: KvmMode = 'default';
  if (!isWholeBoot(state.environment)) return mode;
  const atEl2 = runsAtEl2(state, state.boot);
  for (const asked of state.parameters.kvmModes ?? []) {
    if (asked === 'none') mode = 'none';
    else if (!isHypModeAvailable(state)) continue;
    else if (asked === 'protected' && !atEl2) mode = 'protected';
    else if (asked === 'nvhe' && !atEl2) mode = 'default';
    else if (asked === 'nested' && atEl2) mode = 'nested';
  }
  return mode;
}

/** Rules about exception levels and KVM. */
export const VIRTUALISATION_RULES: Readonly<Record<string, Rule>> = {
  runs_at_el2: {
    asks: { all: [{ field: 'ID_AA64MMFR1_EL1.VH', atLeast: 1 }, { rule: 'started-at-el2' }, { rule: 'stays-at-el2' }] },
    judge: ({ state, cpu }) => runsAtEl2(state, cpu),
  },
  is_kvm_protected_mode: {
    reads: ['ID_AA64MMFR1_EL1.VH'],
    cmdline: ['kvm-arm.mode=protected'],
    says: 'the kernel was started at EL2 with kvm-arm.mode=protected, and does not stay there',
    judge: ({ state }) => kvmMode(state) === 'protected',
  },
  hvhe_possible: {
    says: 'arm64_sw.hvhe=1 is on the command line, and the kernel was started at EL2 on cores with VHE',
    judge: ({ state }) => state.overrides.software.get('hvhe') === 1,
  },
  has_nested_virt_support: {
    asks: {
      all: [
        { rule: 'kvm-nested' },
        { any: [OWN, { field: 'ID_AA64MMFR2_EL1.NV', atLeast: 2 }, { field: 'ID_AA64MMFR4_EL1.NV_frac', atLeast: 1 }] },
      ],
    },
    reads: ['ID_AA64MMFR1_EL1.VH'],
    // Newer kernels take a core that says in another field that it has nothing but the second version.
    judge: ({ state, scope, cpu, of, held }) => {
      if (kvmMode(state) !== 'nested') return false;
      if (of !== undefined) return held();
      const field = (register: string, lsb: number): number =>
        scope === 'system' ? state.sanitisedField(register, lsb) : state.localField(cpu, register, lsb);
      return field('ID_AA64MMFR2_EL1', 24) >= 2 || field('ID_AA64MMFR4_EL1', 20) >= 1;
    },
  },
  has_nv1: {
    asks: { all: [{ cpucap: 'HAS_NESTED_VIRT' }, { not: OWN }, { not: { rule: 'no-nv1' } }] },
    reads: ['ID_AA64MMFR1_EL1.VH', 'ID_AA64MMFR2_EL1.NV', 'ID_AA64MMFR4_EL1.E2H0'],
    judge: ({ state, cpu, held }) => state.systemMatches('HAS_NESTED_VIRT') && !(held() || cpu.isIn('no-nv1')),
  },
  hyp_offset_low: {
    says: "the kernel's own addresses lie below the hypervisor's, which armlens takes as not given",
    judge: () => false,
  },
  'started-at-el2': {
    says: 'the kernel was started at EL2 (a guest starts at EL1)',
    judge: ({ state }) => isHypModeAvailable(state),
  },
  'stays-at-el2': {
    says: 'the kernel stays at EL2: it knows VHE, and neither kvm-arm.mode=nvhe nor arm64_sw.hvhe=1 keeps it from that',
    judge: ({ state }) => staysAtEl2(state),
  },
  'kvm-nested': {
    says: 'the kernel runs at EL2 with kvm-arm.mode=nested',
    cmdline: ['kvm-arm.mode=nested'],
    judge: ({ state }) => kvmMode(state) === 'nested',
  },
  'no-nv1': knownCores('no-nv1', 'the core is one of those that have no HCR_EL2.NV1 and do not say so'),
};
