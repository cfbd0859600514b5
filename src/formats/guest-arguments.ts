import { formatHex } from '../bits/hex.ts';
import type { GuestLayer } from '../hypervisor/guest-layer.ts';
import { hasTrait, type Vcpu } from '../linux/kvm/vcpu.ts';
import { kvmIdOf } from './kvm-register-id.ts';

/** The properties of QEMU's `-cpu host` on arm64 that say what a vCPU is made with, by the trait. */
const CPU_PROPERTIES = ['sve', 'pauth', 'pmu'] as const;

/**
 * Writes a vCPU as arguments of QEMU. Single fields of ID registers have no properties, so that what a layer sets besides cannot be said.
 *
 * @param sveVl - The only SVE vector lengths to offer, in bytes. Default: all that the host has.
 * @see QEMU, docs/system/arm/cpu-features.rst.
 */
export function formatQemuArguments(vcpu: Vcpu, sveVl: readonly number[] = []): string {
  const lengths = hasTrait(vcpu, 'sve') ? sveVl.map((bytes) => `,sve${bytes * 8}=on`).join('') : '';
  const cpu = `${CPU_PROPERTIES.map((name) => `,${name}=${hasTrait(vcpu, name) ? 'on' : 'off'}`).join('')}${lengths}`;
  const aarch32 = hasTrait(vcpu, 'aarch32') ? ',aarch64=off' : '';
  const machine = [
    ...(vcpu.gic === null ? [] : [`gic-version=${vcpu.gic === undefined ? 'host' : vcpu.gic.slice(1)}`]),
    ...(vcpu.mte ? ['mte=on'] : []),
    ...(hasTrait(vcpu, 'el2') ? ['virtualization=on'] : []),
  ];
  return `-accel kvm -machine virt,${machine.join(',')} -cpu host${cpu}${aarch32}`;
}

/** Writes a vCPU as the parts of a domain of libvirt that say it. */
export function formatLibvirtCpu(vcpu: Vcpu, sveVl: readonly number[] = []): string {
  const policy = (name: 'sve' | 'pauth'): string => (hasTrait(vcpu, name) ? 'require' : 'disable');
  const named = ['sve', 'pauth'].map((name) => `  <feature policy='${policy(name as 'sve' | 'pauth')}' name='${name}'/>\n`);
  const lengths = hasTrait(vcpu, 'sve') ? sveVl.map((bytes) => `  <feature policy='require' name='sve${bytes * 8}'/>\n`) : [];
  const features = [...named, ...lengths].join('');
  const gic = vcpu.gic ? `  <gic version='${vcpu.gic.slice(1)}'/>\n` : '';
  const pmu = hasTrait(vcpu, 'pmu') ? 'on' : 'off';
  return `<features>\n${gic}  <pmu state='${pmu}'/>\n</features>\n<cpu mode='host-passthrough'>\n${features}</cpu>\n`;
}

/** Writes registers as KVM_SET_ONE_REG takes them: an id and a value a line, those that a layer sets. */
export function formatOneRegWrites(layer: GuestLayer, registers: ReadonlyMap<string, bigint>): string {
  return layer.changes.map(({ register }) => `${formatHex(kvmIdOf(register))} = ${formatHex(registers.get(register) ?? 0n)}\n`).join('');
}
