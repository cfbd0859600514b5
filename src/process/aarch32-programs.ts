import { kernelAt } from '../linux/release/kernel-at.ts';
import type { System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { RUNS_AARCH32 } from '../rows/slots.ts';

const EL0 = 0xfn;
const BOTH_STATES = 2n;

/**
 * Whether 32-bit programs run on a system; `undefined` if that is not known. Kernels before 4.7 do not look: there they run where the
 * CPUs have AArch32 at EL0.
 *
 * @see Linux `arch/arm64/include/asm/cpufeature.h`, `system_supports_32bit_el0()`.
 */
export function runsAArch32Programs({ kernel, cpucaps, registers, unknown }: System): Truth {
  const { capabilitiesNamed, option } = kernelAt(kernel);
  if (option('CONFIG_COMPAT') !== 'y') return false;
  const names = RUNS_AARCH32.filter((name) => capabilitiesNamed.has(name));
  if (names.some((name) => cpucaps.includes(name))) return true;
  if (names.length > 0) return names.some((name) => unknown?.cpucaps?.includes(name)) ? undefined : false;
  const open = unknown?.registers?.get('ID_AA64PFR0_EL1')?.value ?? 0n;
  const value = registers.get('ID_AA64PFR0_EL1')?.value ?? 0n;
  return (open & EL0) !== 0n ? undefined : (value & EL0) === BOTH_STATES;
}
