import { ArmlensError } from '../../errors.ts';
import { isConsistent, joinSystems } from '../../linux/join-systems.ts';
import { bootHost, type KvmGuest, makeVcpu, onHost, refusalOf } from '../../linux/kvm/guest-under-kvm.ts';
import { kvmLayers } from '../../linux/kvm/kvm-layers.ts';
import type { System } from '../../linux/system.ts';
import type { Machine } from '../../silicon/machine.ts';
import { type LayeredScenario, possibleLayered } from './boot-layered.ts';
import type { KvmScenario, Scenario } from './scenario.ts';

/** The vCPU of a scenario with KVM. */
function vcpuOf(machine: Machine, kvm: KvmScenario): KvmGuest {
  const host = bootHost(machine, kvm.kernel, kvm.environment ?? {});
  const vcpu = onHost(kvm.vcpu, host);
  const refusal = refusalOf(host, vcpu);
  if (refusal !== undefined) throw new ArmlensError('bad-value', `KVM of Linux ${kvm.kernel.release} refuses the vCPU: ${refusal.because}`);
  return makeVcpu(host, vcpu);
}

/**
 * A scenario with everything that lies between the silicon and the kernel as layers: KVM's limits, then what is laid over its guest.
 *
 * @throws {ArmlensError} `bad-value` if KVM refuses the vCPU.
 */
export function layered({ kvm, ...scenario }: Scenario): LayeredScenario {
  return kvm === undefined ? scenario : { ...scenario, layers: [...kvmLayers(vcpuOf(scenario.machine, kvm)), ...scenario.layers] };
}

/**
 * Boots the guest of a scenario, if all that is certain of it is as asked; its system comes without a log. What one of the systems
 * that may come about is not, the guest is not for certain, so that no others are booted.
 */
export function bootIf(scenario: Scenario, asked: (system: System) => boolean): System | undefined {
  const systems: System[] = [];
  for (const system of possibleLayered(layered(scenario))) {
    if (system.panic === null && isConsistent(system) && !asked(system)) return undefined;
    systems.push(system);
  }
  const joined = joinSystems(systems);
  return joined.panic === null && asked(joined) ? joined : undefined;
}
