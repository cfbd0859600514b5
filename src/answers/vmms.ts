import { type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { isSystemRegister } from '../linux/kvm/register-list.ts';
import { HYPERVISOR_ROWS, TEMPLATE_ROWS, VMM_ROWS } from './generated/hypervisors.ts';
import type { VmmRow } from './guest/tables.ts';

/** The programs of which it is known what they ask KVM for, by id. */
export function vmmIds(): readonly string[] {
  return [...new Set(VMM_ROWS.map(({ vmm }) => vmm))];
}

/** What a program is called. */
export function vmmName(id: string): string {
  return HYPERVISOR_ROWS.find((row) => row.id === id)?.name ?? id;
}

/** What a program asks KVM for by itself where the host has it, by the names of `--vcpu`. */
export function askedByItself(vmm: string): readonly string[] {
  return VMM_ROWS.filter((row) => row.vmm === vmm && row.asks === 'by-itself').map(({ trait }) => trait);
}

/** What programs do about one thing that a vCPU can have, or one of them. */
export function vmmsAsking(trait: string, vmm?: string): readonly VmmRow[] {
  return VMM_ROWS.filter((row) => row.trait === trait && (vmm === undefined || row.vmm === vmm));
}

/** A template that a program brings along, by its name, whatever its case; `undefined` if there is none. */
export function builtInTemplate(name: string): GuestLayer | undefined {
  const row = TEMPLATE_ROWS.find((template) => template.name.toLowerCase() === name.toLowerCase());
  if (row === undefined) return undefined;
  const changes = Object.entries(row.registers).flatMap(([register, { mask, value }]) =>
    isSystemRegister(register) ? [guestChange(register, BigInt(mask), BigInt(value))] : [],
  );
  return { name: `${row.name} of ${vmmName(row.vmm)}`, kind: 'template', changes };
}

/** The names of the templates that programs bring along. */
export function builtInTemplates(): readonly string[] {
  return TEMPLATE_ROWS.map(({ name }) => name);
}

/** How a program comes to ask for something. */
export function askingWords({ vmm, asks, how }: VmmRow): string {
  const name = vmmName(vmm);
  switch (asks) {
    case 'by-itself':
      return `${name}${how === undefined ? '' : `: ${how}`}${vmm === 'qemu' ? ', as by default' : ', by itself'}`;
    case 'on-demand':
      return `${name}: ${how ?? 'on demand'}`;
    case 'never':
      return `${name}: never`;
  }
}
