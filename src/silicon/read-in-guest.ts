import { isMaskedMidr } from './core-row.ts';
import type { Cpu } from './machine.ts';
import { parseMidr } from './midr.ts';

/** Whether registers were read in a virtual machine that hides the core, so that they tell what its hypervisor gives, not what the silicon has. */
export function isReadInGuest({ cpus }: { readonly cpus: readonly Pick<Cpu, 'registers'>[] }): boolean {
  return cpus.some(({ registers: { MIDR_EL1 } }) => MIDR_EL1 !== undefined && isMaskedMidr(parseMidr(MIDR_EL1)));
}
