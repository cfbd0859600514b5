import type { GuestLayer } from '../../hypervisor/guest-layer.ts';
import type { VcpuTrait } from './kvm-rows.ts';

/** The features of KVM_ARM_VCPU_INIT, by the names that the kernel's constants end in. */
export const VCPU_FEATURES = [
  'power_off',
  'el1_32bit',
  'psci_0_2',
  'pmu_v3',
  'sve',
  'ptrauth_address',
  'ptrauth_generic',
  'has_el2',
  'has_el2_e2h0',
] as const;

/** A feature that a vCPU can be initialised with. */
export type VcpuFeature = (typeof VCPU_FEATURES)[number];

/** A vCPU as user space makes it: its features, and what of its VM counts. All members are optional; absent means it is not asked for. */
export interface Vcpu {
  /** What KVM_ARM_VCPU_INIT asks for. */
  readonly features?: readonly VcpuFeature[];
  /** The in-kernel interrupt controller that the VM had before; null or absent = none; see `onHost` for the host's own. */
  readonly gic?: 'v2' | 'v3' | null;
  /** Whether the VM has KVM_CAP_ARM_MTE. */
  readonly mte?: boolean;
  /** Whether the VM has KVM_CAP_ARM_WRITABLE_IMP_ID_REGS. */
  readonly writableImpId?: boolean;
  /** Whether the VM is protected: bit 31 of its type. */
  readonly protected?: boolean;
  /** The size of guest-physical addresses in bits; absent = the default of KVM. */
  readonly ipaBits?: number;
  /** Its number in the VM, from 0. Absent = 0. */
  readonly index?: number;
}

/** The names that a person uses for what a vCPU can have, and what they ask for. */
export const VCPU_OPTIONS: Readonly<Record<string, Vcpu>> = {
  sve: { features: ['sve'] },
  pauth: { features: ['ptrauth_address', 'ptrauth_generic'] },
  pmu: { features: ['pmu_v3'] },
  mte: { mte: true },
  el2: { features: ['has_el2'] },
  e2h0: { features: ['has_el2', 'has_el2_e2h0'] },
  aarch32: { features: ['el1_32bit'] },
  protected: { protected: true },
  impid: { writableImpId: true },
  nogic: { gic: null },
  gicv2: { gic: 'v2' },
};

/** The vCPU that QEMU, Firecracker and libvirt start from: with PSCI, and an interrupt controller in the kernel. */
export const PLAIN_VCPU: Vcpu = { features: ['psci_0_2'] };

/** A vCPU with more: features and capabilities of both. */
export function mergeVcpus(...vcpus: readonly Vcpu[]): Vcpu {
  const features = [...new Set(vcpus.flatMap((vcpu) => vcpu.features ?? []))];
  return Object.assign({}, ...vcpus, { features });
}

/** A vCPU as layers over its guest ask for it: with features more, and less. */
export function vcpuWithLayers(vcpu: Vcpu, layers: readonly Pick<GuestLayer, 'vcpu'>[]): Vcpu {
  const features = new Set<string>(vcpu.features);
  for (const { vcpu: asked } of layers) {
    for (const name of asked?.on ?? []) features.add(name);
    for (const name of asked?.off ?? []) features.delete(name);
  }
  return { ...vcpu, features: VCPU_FEATURES.filter((name) => features.has(name)) };
}

/** Whether a vCPU has a trait that rows ask for. */
export function hasTrait(vcpu: Vcpu, trait: VcpuTrait): boolean {
  const has = (feature: VcpuFeature): boolean => vcpu.features?.includes(feature) ?? false;
  switch (trait) {
    case 'psci':
      return has('psci_0_2');
    case 'sve':
      return has('sve');
    case 'pauth':
      return has('ptrauth_address') && has('ptrauth_generic');
    case 'pauth-half':
      return has('ptrauth_address') !== has('ptrauth_generic');
    case 'pmu':
      return has('pmu_v3');
    case 'el2':
      return has('has_el2');
    case 'e2h0':
      return has('has_el2_e2h0');
    case 'aarch32':
      return has('el1_32bit');
    case 'mte':
      return vcpu.mte === true;
    case 'impid':
      return vcpu.writableImpId === true;
    case 'protected':
      return vcpu.protected === true;
    case 'gicv3':
      return vcpu.gic === 'v3';
    case 'gicv2':
      return vcpu.gic === 'v2';
  }
}
