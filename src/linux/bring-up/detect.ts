import type { Capability, Scope } from '../release/capability.ts';
import type { BootState } from './boot-state.ts';
import type { CpuRegisters } from './cpu-registers.ts';

/** Sets the capabilities of a scope that a CPU (or, without one, the system) has. */
export function updateCapabilities(state: BootState, scopes: readonly Scope[], cpu?: CpuRegisters): void {
  const onBoot = scopes.includes('boot');
  for (const capability of state.model.capabilities) {
    if (!scopes.includes(capability.scope)) continue;
    const { name, matchAllEarlyCpus } = capability;
    const set = state.capabilities.has(name);
    if (matchAllEarlyCpus ? !set && !onBoot : set) continue;
    if (state.matches(capability, cpu, capability.scope)) {
      if (!matchAllEarlyCpus) announce(state, capability, cpu);
      state.capabilities.add(name);
    } else if (matchAllEarlyCpus) state.capabilities.delete(name);
  }
}

/** Reports a capability that was found, unless it is reported otherwise or not at all. */
export function announce(state: BootState, { description, perCpu, erratum, name }: Capability, cpu?: CpuRegisters): void {
  if (description === undefined || perCpu || (name === 'HAS_AMU_EXTN' && state.model.behaviour['system-settled'] === 'before-el')) return;
  state.print('cpufeature', { code: 'detected', description, erratum }, cpu);
}
