import { type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { isSystemRegister } from '../linux/kvm/register-list.ts';
import { TEMPLATE_ROWS } from './generated/guest.ts';
import { vmmName } from './vmms.ts';

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
export const BUILT_IN_TEMPLATES: readonly string[] = TEMPLATE_ROWS.map(({ name }) => name);
