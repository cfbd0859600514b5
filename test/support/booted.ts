import { fieldBits } from '../../src/arch/field-bits.ts';
import type { FieldPath } from '../../src/arch/generated/names.ts';
import { insertField } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Environment } from '../../src/linux/environment.ts';
import type { KernelConfig } from '../../src/linux/kernel.ts';
import type { System } from '../../src/linux/system.ts';
import type { Cpu, RegisterFile, SystemRegisterName } from '../../src/silicon/machine.ts';

/** Fields by path, such as `ID_AA64PFR1_EL1.SSBS`. */
export type Fields = Readonly<Partial<Record<FieldPath, number>>>;

/** A plain Armv8.0 core that no erratum concerns: floating point, no AArch32, 16-bit ASIDs, caches that need cleaning. */
const PLAIN: RegisterFile = {
  MIDR_EL1: 0x611f_0221n,
  ID_AA64PFR0_EL1: 0x11n,
  ID_AA64MMFR0_EL1: 0x20n,
  CTR_EL0: 0x8444_8004n,
  CLIDR_EL1: 0x0a20_0023n,
  DCZID_EL0: 4n,
};

/** A plain core with some fields, then some registers, set otherwise. */
export function cpu(fields: Fields = {}, registers: RegisterFile = {}, more: Omit<Cpu, 'registers'> = {}): Cpu {
  const file: Partial<Record<SystemRegisterName, bigint>> = { ...PLAIN, ...registers };
  for (const [path, value] of Object.entries(fields) as [FieldPath, number][]) {
    const { register, ...range } = fieldBits(path);
    file[register] = insertField(file[register] ?? 0n, range, BigInt(value));
  }
  return { registers: file, ...more };
}

/** How a test boots. */
export interface BootOptions extends Environment {
  readonly config?: string | KernelConfig;
  readonly cmdline?: string;
}

/** Boots some CPUs with a release. */
export function bootOf(release: string, cpus: readonly Cpu[], { config, cmdline, ...environment }: BootOptions = {}): System {
  return boot(
    { cpus },
    { release, ...(config === undefined ? {} : { config }), ...(cmdline === undefined ? {} : { cmdline }) },
    environment,
  );
}

/** An unsigned field of a sanitised register. */
export function sanitised(system: System, path: string): number {
  const { register, msb, lsb } = fieldBits(path as FieldPath);
  return Number(BigInt.asUintN(msb - lsb + 1, system.registers.get(register)!.value >> BigInt(lsb)));
}
