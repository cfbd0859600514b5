/** Writes indices as the kernel writes CPU lists: `0-3,6`. */
export function formatIndices(indices: readonly number[]): string {
  const sorted = [...indices].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const index of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs
    .map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first},${last}` : `${first}-${last}`))
    .join(',');
}

/** The highest number of a CPU that a list may have. */
const MAX_CPU = 4095;

/** Reads the CPUs of a list such as `0-3,6`; `undefined` if it is none. */
export function cpusIn(list: string | undefined): readonly number[] | undefined {
  if (list === undefined || !/^\d{1,4}(?:-\d{1,4})?(?:,\d{1,4}(?:-\d{1,4})?){0,100}$/.test(list)) return undefined;
  const cpus = new Set<number>();
  for (const part of list.split(',')) {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    if (last > MAX_CPU) return undefined;
    for (let cpu = first; cpu <= last; cpu++) cpus.add(cpu);
  }
  return [...cpus].sort((a, b) => a - b);
}

/** Writes some CPUs of a machine: `CPU 0`, `CPUs 0-3`, `all 8 CPUs`; the only CPU of a machine is `the CPU`. */
export function formatCpus(indices: readonly number[], count: number): string {
  if (indices.length === count) return count === 1 ? 'the CPU' : count === 2 ? 'both CPUs' : `all ${count} CPUs`;
  return `${indices.length === 1 ? 'CPU' : 'CPUs'} ${formatIndices(indices)}`;
}

/** Writes a core behind its CPUs, or nothing. */
export function ofCore(core: string | undefined): string {
  return core === undefined ? '' : ` (${core})`;
}
