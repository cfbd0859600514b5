import { ALL_REGISTERS, type RegisterName } from '../arch/register.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import type { Machine } from '../silicon/machine.ts';

/** One side of a comparison: a system and what it was booted from. */
export interface Subject {
  /** How the person calls it. */
  readonly name: string;
  readonly kernel: Kernel;
  readonly system: System;
  /** The machine; absent: it is taken from the system, which does not know vector lengths or late CPUs. */
  readonly machine?: Machine;
}

/**
 * What a register says of the whole machine: the value that all online CPUs have, or what the kernel made of differing ones.
 *
 * @returns `undefined` if it is unknown.
 */
export function machineValue({ cpus, online, registers }: System, name: RegisterName): bigint | undefined {
  const [boot = 0] = online;
  const value = cpus[boot]?.registers[name];
  if (online.every((index) => cpus[index]?.registers[name] === value)) return value;
  return registers.get(name)?.value ?? value;
}

/** Every register of a machine that is known, as {@link machineValue} gives it. */
export function machineValues(system: System): Readonly<Partial<Record<RegisterName, bigint>>> {
  const values: { -readonly [name in RegisterName]?: bigint } = {};
  for (const { name } of ALL_REGISTERS) {
    const value = machineValue(system, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
