import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath } from '../arch/register.ts';
import { insertField } from '../bits/field.ts';
import { given } from '../given.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import type { Machine } from '../silicon/machine.ts';

/** The machine with another value in a field of the CPUs named, or of all. A register that was unknown counts as zero. */
export function withField(machine: Machine, path: FieldPath, value: bigint, cpus?: readonly number[]): Machine {
  const { register, ...range } = fieldBits(path);
  const chosen = cpus && new Set(cpus);
  return {
    cpus: machine.cpus.map((cpu, index) => {
      if (chosen && !chosen.has(index)) return cpu;
      return { ...cpu, registers: { ...cpu.registers, [register]: insertField(cpu.registers[register] ?? 0n, range, value) } };
    }),
  };
}

/** The kernel with another value of an option; all others stay. */
export function withOption(kernel: Kernel, option: string, value: string): Kernel {
  const { config } = kernel;
  const base: KernelConfig = typeof config === 'object' ? config : given({ base: config });
  return { ...kernel, config: { ...base, [option]: value } };
}
