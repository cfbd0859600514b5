/**
 * Writes ascending CPU numbers as the kernel lists them: `0-2,5`; `''` for none.
 *
 * @example
 * ```js
 * formatCpuList([0, 1, 2, 3, 6]) // → '0-3,6'
 * ```
 */
export function formatCpuList(cpus: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const cpu of cpus) {
    const last = ranges.at(-1);
    if (last && cpu === last[1] + 1) last[1] = cpu;
    else ranges.push([cpu, cpu]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
