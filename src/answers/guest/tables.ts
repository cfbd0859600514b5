/** A program that runs virtual machines, or a service that rents them out. */
export interface Hypervisor {
  readonly id: string;
  readonly name: string;
  /** The only hosts on which it runs Arm guests, if it is bound to some. */
  readonly host?: string;
  /** Set if its guests may run on KVM. */
  readonly kvm?: true;
}

/** What a clue is read from. */
export type ClueKind = 'dmi' | 'acpi-oem' | 'pci' | 'usb' | 'mac' | 'disk' | 'log' | 'midr' | 'virt' | 'device' | 'kernel';

/** How much a clue says: it settles the question, it speaks for one, or others have it as well. */
export type ClueWeight = 'decisive' | 'strong' | 'weak';

/** A text that speaks for hypervisors. */
export interface ClueRow {
  readonly kind: ClueKind;
  /** How the text begins; the case does not matter. */
  readonly starts: string;
  /** What, anywhere in the texts of this kind, takes the clue back: `.metal` names a machine that is rented whole. */
  readonly unless?: string;
  /** Their ids. */
  readonly suggests: readonly string[];
  readonly weight: ClueWeight;
  /** Set if only a machine shows it whose CPUs are emulated by software. */
  readonly emulates?: true;
  readonly means: string;
}

/** A driver, service or folder that a hypervisor's maker puts into guests. */
export interface AddOnRow {
  /** Of a module (with `_`), a service or a folder. */
  readonly names: readonly string[];
  readonly suite: string;
  /** The id of the hypervisor that it belongs to; absent for what many have. */
  readonly hypervisor?: string;
  /** Whether others have it too, so that it says little. */
  readonly shared?: boolean;
  readonly purpose: string;
}

/** A kind of virtio device. */
export interface VirtioRow {
  /** The number that the virtio specification gives it. */
  readonly type: number;
  readonly name: string;
  /** Device ids under PCI vendor 1af4. */
  readonly pciIds: readonly string[];
  /** Linux drivers, with `_`. */
  readonly drivers: readonly string[];
}

/** Hwcaps that hypervisors are known to hide. */
export interface HiddenRow {
  readonly hwcaps: readonly string[];
  readonly feature: string;
  readonly why: string;
  /** What of a vCPU brings it, by the name of `--vcpu`; absent: nothing, or not that. */
  readonly trait?: string;
}

/** A field that recorded guests of a hypervisor other than KVM do not have as their host: what was seen, not a rule. */
export interface GuestEvidence {
  /** The known machine that they were on. */
  readonly host: string;
  /** The known machines in which it was seen. */
  readonly guests: readonly string[];
  readonly field: string;
  readonly from: number;
  readonly to: number;
}

/** A CPU template that a program brings along. */
export interface BuiltInTemplate {
  readonly name: string;
  /** The program's id. */
  readonly vmm: string;
  readonly means: string;
  /** The bits that it sets, as hexadecimal numbers. */
  readonly registers: Readonly<Record<string, { readonly mask: string; readonly value: string }>>;
}

/** What a program asks KVM for when it makes a vCPU. */
export interface VmmRow {
  /** The program's id. */
  readonly vmm: string;
  /** By the name of `--vcpu`. */
  readonly trait: string;
  /** `by-itself`: where the host has it. */
  readonly asks: 'by-itself' | 'on-demand' | 'never';
  /** What makes it ask, or since when it does. */
  readonly how?: string;
}
