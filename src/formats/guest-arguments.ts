import { formatHex } from '../bits/hex.ts';
import type { GuestLayer } from '../hypervisor/guest-layer.ts';
import { hasTrait, type Vcpu } from '../linux/kvm/vcpu.ts';
import { kvmIdOf } from './kvm-register-id.ts';

/** The properties of QEMU's `-cpu host` on arm64 that say what a vCPU is made with, by the trait. */
const CPU_PROPERTIES = ['sve', 'pauth', 'pmu'] as const;

/**
 * Writes a vCPU as arguments of QEMU. Single fields of ID registers have no properties, so that what a layer sets besides cannot be said.
 *
 * @see QEMU, docs/system/arm/cpu-features.rst.
 */
export function formatQemuArguments(vcpu: Vcpu): string {
  const cpu = CPU_PROPERTIES.map((name) => `,${name}=${hasTrait(vcpu, name) ? 'on' : 'off'}`).join('');
  const aarch32 = hasTrait(vcpu, 'aarch32') ? ',aarch64=off' : '';
  const machine = [
    `gic-version=${vcpu.gic === 'v2' ? 2 : 3}`,
    ...(vcpu.mte ? ['mte=on'] : []),
    ...(hasTrait(vcpu, 'el2') ? ['virtualization=on'] : []),
  ];
  return `-accel kvm -machine virt,${machine.join(',')} -cpu host${cpu}${aarch32}`;
}

/** Writes a vCPU as the parts of a domain of libvirt that say it. */
export function formatLibvirtCpu(vcpu: Vcpu): string {
  const policy = (name: 'sve' | 'pauth'): string => (hasTrait(vcpu, name) ? 'require' : 'disable');
  const features = ['sve', 'pauth'].map((name) => `  <feature policy='${policy(name as 'sve' | 'pauth')}' name='${name}'/>\n`).join('');
  const pmu = hasTrait(vcpu, 'pmu') ? 'on' : 'off';
  return `<features>\n  <gic version='${vcpu.gic === 'v2' ? 2 : 3}'/>\n  <pmu state='${pmu}'/>\n</features>\n<cpu mode='host-passthrough'>\n${features}</cpu>\n`;
}

/** Writes registers as KVM_SET_ONE_REG takes them: an id and a value a line, those that a layer sets. */
export function formatOneRegWrites(layer: GuestLayer, registers: ReadonlyMap<string, bigint>): string {
  return layer.changes.map(({ register }) => `${formatHex(kvmIdOf(register))} = ${formatHex(registers.get(register) ?? 0n)}\n`).join('');
}
