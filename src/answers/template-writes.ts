import type { GuestLayer } from '../hypervisor/guest-layer.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { bootHost, makeVcpu, onHost, refusalOf } from '../linux/kvm/guest-under-kvm.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS, vcpuWithLayers } from '../linux/kvm/vcpu.ts';
import type { Machine } from '../silicon/machine.ts';
import { type CheckedWrite, checkWrites } from './kvm-view.ts';

/** What a vCPU may be made with; what a host refuses is left out. */
const OFFERED = ['sve', 'pauth'] as const;

/**
 * What becomes of the registers that a template writes, on a host whose kernel's KVM takes the writes. The vCPU is made with SVE and pointer
 * authentication where the host has them, so that their fields are there to be written.
 */
export function templateWrites(
  layer: GuestLayer,
  machine: Machine,
  kernel: Kernel,
  environment: Environment = {},
): readonly CheckedWrite[] {
  const host = bootHost(machine, kernel, environment);
  const make = (words: readonly string[]) =>
    onHost(vcpuWithLayers(mergeVcpus(PLAIN_VCPU, ...words.map((word) => VCPU_OPTIONS[word]!)), [layer]), host);
  const words = OFFERED.filter((word) => refusalOf(host, make([word])) === undefined);
  return checkWrites(makeVcpu(host, make(words)), [layer]);
}
