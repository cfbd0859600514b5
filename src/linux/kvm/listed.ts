import type { Truth } from '../../logic/truth.ts';
import { isAArch32 } from '../bring-up/cpu-registers.ts';
import type { KvmGuest } from './guest-under-kvm.ts';
import { hasTrait } from './vcpu.ts';

/** What KVM of old kept as the host's alone, and listed, besides the AArch32 registers that Armv8.0 has. */
const INVARIANT = new Set(['MIDR_EL1', 'REVIDR_EL1', 'MPIDR_EL1', 'CLIDR_EL1', 'AIDR_EL1', 'CTR_EL0']);
/** AArch32 registers that came later than the list of old. */
const LATER = new Set([
  'ID_MMFR4_EL1',
  'ID_ISAR6_EL1',
  'MVFR0_EL1',
  'MVFR1_EL1',
  'MVFR2_EL1',
  'ID_PFR2_EL1',
  'ID_DFR1_EL1',
  'ID_MMFR5_EL1',
]);

/** Whether KVM_GET_REG_LIST has a register of the ID space. */
export function isListed({ host, vcpu }: KvmGuest, name: string): boolean {
  const { behaviour } = host.model;
  if (name === 'PMCR_EL0') return behaviour['pmcr-listed'] !== undefined;
  if (behaviour['id-space-listed'] === 'invariant') return INVARIANT.has(name) || (isAArch32(name) && !LATER.has(name));
  return name !== 'ID_AA64ZFR0_EL1' || behaviour['zfr0-listed'] !== 'sve' || hasTrait(vcpu, 'sve');
}

/** Registers besides the ID space that KVM_GET_REG_LIST may have, as far as hosts differ in them; `undefined`: not known whether it has. */
export function listedBesides({ host, vcpu, registers, open }: KvmGuest): ReadonlyMap<string, Truth> {
  const rows = host.model.listed.map(({ registers: names, when }) => {
    const verdict = host.verdict(
      when,
      vcpu,
      (name) => registers.get(name)!,
      (name) => open.get(name) ?? 0n,
    );
    return names.map((name) => [name, verdict] as const);
  });
  return new Map(rows.flat());
}
