import { formatIndices } from '../../formats/cpu-list.ts';

/** The greatest number of CPUs that an address may speak of. */
const MAX_CPU = 4095;

/** Reads a CPU list as the kernel writes it, `0-3,6`; `undefined` if it is none. */
export function parseCpuSet(text: string): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) > MAX_CPU || Number(first) > Number(last)) return undefined;
    for (let cpu = Number(first); cpu <= Number(last); cpu++) found.add(cpu);
  }
  return [...found].sort((a, b) => a - b);
}

/** Writes a CPU list for an address. */
export function formatCpuSet(cpus: readonly number[]): string {
  return formatIndices(cpus);
}
