import type { Cpu } from './machine.ts';

const keys = new WeakMap<Cpu, string>();

/** What tells a CPU from others: all that is known of it but its place, MPIDR_EL1. */
export function cpuKey(cpu: Cpu): string {
  const known = keys.get(cpu);
  if (known !== undefined) return known;
  const { registers, partly = {}, sveVl, smeVl, late } = cpu;
  const values = Object.entries(registers)
    .filter(([name]) => name !== 'MPIDR_EL1')
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const open = Object.entries(partly).map(([name, word]) => `${name}=${word.value}/${word.open}/${[...(word.sets ?? [])].join()}`);
  const key = [values, open, sveVl, smeVl, late].join(';');
  keys.set(cpu, key);
  return key;
}
