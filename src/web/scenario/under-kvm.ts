import type { Scenario } from '../../answers/why/scenario.ts';
import type { GuestLayer } from '../../hypervisor/guest-layer.ts';
import { bootHost, onHost, refusalOf } from '../../linux/kvm/guest-under-kvm.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS, type Vcpu, vcpuWithLayers } from '../../linux/kvm/vcpu.ts';
import type { HostSight } from './between-code.ts';

export { layered } from '../../answers/why/boot-scenario.ts';
export { vcpuWords } from '../../formats/vcpu-words.ts';
export { VcpuTraits } from '../kvm/vcpu-traits.tsx';

/** A vCPU made with what an address names, and with what the layers over its guest ask for. */
export function vcpuOfNames(names: readonly string[], layers: readonly GuestLayer[]): Vcpu {
  return vcpuWithLayers(mergeVcpus(PLAIN_VCPU, ...names.map((name) => VCPU_OPTIONS[name] ?? {})), layers);
}

/** What KVM of a scenario's host makes besides what it is asked for. */
export function hostSight({ machine, kvm }: Scenario, traits: readonly string[]): HostSight | undefined {
  if (kvm === undefined) return undefined;
  const host = bootHost(machine, kvm.kernel, kvm.environment);
  const isRefused = (trait: string): boolean => refusalOf(host, onHost(mergeVcpus(kvm.vcpu, VCPU_OPTIONS[trait]!), host)) !== undefined;
  return { refused: new Set(traits.filter(isRefused)), isBounded: host.model.fidelity !== 'exact' };
}
