import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath } from '../arch/register.ts';
import { insertField, maskOf } from '../bits/field.ts';
import { knownWord, spliceWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import { type Machine, registerWord, withRegisterWord } from '../silicon/machine.ts';

/** The machine with another value in a field of the CPUs named, or of all. Of a register that was unknown the rest stays so. */
export function withField(machine: Machine, path: FieldPath, value: bigint, cpus?: readonly number[]): Machine {
  const { register, ...range } = fieldBits(path);
  const chosen = cpus && new Set(cpus);
  const word = knownWord(insertField(0n, range, value));
  return {
    ...machine,
    cpus: machine.cpus.map((cpu, index) => {
      if (chosen && !chosen.has(index)) return cpu;
      return withRegisterWord(cpu, register, spliceWord(registerWord(machine, cpu, register) ?? knownWord(0n), word, maskOf(range)));
    }),
  };
}

/** The kernel with another value of an option; all others stay. */
export function withOption(kernel: Kernel, option: string, value: string): Kernel {
  const { config } = kernel;
  const base: KernelConfig = typeof config === 'object' ? config : given({ base: config });
  return { ...kernel, config: { ...base, [option]: value } };
}
