import type { Cpu } from './machine.ts';

const keys = new WeakMap<Cpu, string>();

/** Of those with the same key the first few, in their order. */
export function firstOfEach<T>(all: readonly T[], keyOf: (one: T) => string, most: number): readonly T[] {
  const counts = new Map<string, number>();
  return all.filter((one) => {
    const key = keyOf(one);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most;
  });
}

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
