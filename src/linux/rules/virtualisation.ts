import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { isCoreIn } from '../bring-up/evaluate.ts';
import type { Rule } from './judge-rule.ts';

/** Whether the kernel was entered at EL2, so that it can be a hypervisor. */
export function isHypModeAvailable({ environment }: BootState): boolean {
  return environment.bootEl === 2;
}

/** Whether the kernel itself runs at EL2: entered there, with VHE, and not told otherwise. */
export function runsAtEl2(state: BootState, cpu: CpuRegisters): boolean {
  const { model, overrides, environment } = state;
  if (!isHypModeAvailable(state) || environment.nvhe === true || overrides.software.get('hvhe') === 1) return false;
  if (!model.capabilitiesNamed.has('HAS_VIRT_HOST_EXTN')) return false;
  return ((cpu.local('ID_AA64MMFR1_EL1', overrides.registers.get('ID_AA64MMFR1_EL1')) >> 8n) & 0xfn) !== 0n;
}

/** What `kvm-arm.mode=` asks for, as far as it can be had. */
function kvmMode(state: BootState): string {
  return isHypModeAvailable(state) ? (state.cmdline.value('kvm-arm.mode') ?? '') : '';
}

/** Rules about exception levels and KVM. */
export const VIRTUALISATION_RULES: Readonly<Record<string, Rule>> = {
  runs_at_el2: ({ state, cpu }) => runsAtEl2(state, cpu),
  is_kvm_protected_mode: ({ state }) => kvmMode(state) === 'protected' && !runsAtEl2(state, state.boot),
  hvhe_possible: ({ state }) => state.overrides.software.get('hvhe') === 1,
  has_nested_virt_support: ({ state, facts }) => {
    if (kvmMode(state) !== 'nested' || !runsAtEl2(state, state.boot)) return false;
    return ((facts.register('ID_AA64MMFR2_EL1') >> 24n) & 0xfn) >= 2n;
  },
  has_nv1: ({ state, cpu, held }) => state.systemMatches('HAS_NESTED_VIRT') && !(held() || isCoreIn(cpu.raw('MIDR_EL1'), 'no-nv1')),
  // The kernel's own addresses are taken to lie above the hypervisor's.
  hyp_offset_low: () => false,
};
