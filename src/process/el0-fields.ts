import { findRegister, type RegisterName } from '../arch/register.ts';
import { extractField, maskOf } from '../bits/field.ts';
import { boot } from '../linux/boot.ts';
import type { Kernel } from '../linux/kernel.ts';
import { errataHiding } from '../linux/release/history.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';

/** What a program that reads an ID register finds in one of its fields, whatever the machine. */
export interface El0Field {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  /** What it reads, unsigned, on every machine; absent: what the CPUs have in common. */
  readonly always?: number;
  /** The errata on whose cores a field that is shown otherwise reads 0, as the log calls them. */
  readonly hiddenBy: readonly string[];
}

/** The least machine that has AArch32 at EL0, so that a kernel keeps those registers too. */
const WITH_AARCH32 = { cpus: [{ registers: { ID_AA64PFR0_EL1: 0x22n } }] };

/**
 * How a kernel shows an ID register that it emulates for programs, field by field.
 *
 * @returns The fields from the top bit down; a register that the kernel does not keep reads as zero on every machine.
 */
export function el0Fields(name: RegisterName, kernel: Kernel): readonly El0Field[] {
  const tracked = boot(WITH_AARCH32, kernel).registers.get(name);
  const { release } = kernelAt(kernel);
  const { userMask, userValue } = tracked ?? { userMask: 0n, userValue: 0n };
  return findRegister(name)!.fields.map((field) => {
    const isShown = (userMask & maskOf(field)) !== 0n;
    const hiding = isShown ? errataHiding(`${name}.${field.name}`, release) : [];
    return {
      name: field.name,
      msb: field.msb,
      lsb: field.lsb,
      ...(isShown ? {} : { always: Number(extractField(userValue, field)) }),
      hiddenBy: hiding.map((erratum) => erratum.description ?? erratum.name),
    };
  });
}
