import type { Scenario } from '../../answers/why/scenario.ts';
import { bootHost, onHost, refusalOf } from '../../linux/kvm/guest-under-kvm.ts';
import { mergeVcpus, VCPU_OPTIONS } from '../../linux/kvm/vcpu.ts';
import type { HostSight } from './kvm-code.ts';

export { layered } from '../../answers/why/boot-scenario.ts';

/** What KVM of a scenario's host makes besides what it is asked for. */
export function hostSight({ machine, kvm }: Scenario, traits: readonly string[]): HostSight | undefined {
  if (kvm === undefined) return undefined;
  const host = bootHost(machine, kvm.kernel, kvm.environment);
  const isRefused = (trait: string): boolean => refusalOf(host, onHost(mergeVcpus(kvm.vcpu, VCPU_OPTIONS[trait]!), host)) !== undefined;
  return { refused: new Set(traits.filter(isRefused)), isBounded: host.model.fidelity !== 'exact' };
}
