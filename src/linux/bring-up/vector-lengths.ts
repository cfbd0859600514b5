import type { CpuRegisters } from './cpu-registers.ts';

/** The vector lengths, in bytes, that all of some CPUs offer. */
export function commonLengths(cpus: readonly CpuRegisters[], extension: 'SVE' | 'SME'): readonly number[] {
  const [first = [], ...others] = cpus.map((cpu) => lengthsOf(cpu, extension));
  return first.filter((length) => others.every((set) => set.includes(length)));
}

/** The vector lengths, in bytes, that one CPU offers. */
export function lengthsOf(cpu: CpuRegisters, extension: 'SVE' | 'SME'): readonly number[] {
  return extension === 'SVE' ? cpu.sveLengths : cpu.smeLengths;
}

/** The longest SVE vector that a guest may have, in bytes: it stays below the first length that only some CPUs offer. */
export function longestForGuests(cpus: readonly CpuRegisters[]): number {
  const common = commonLengths(cpus, 'SVE');
  const onSome = cpus.flatMap(({ sveLengths }) => sveLengths).filter((length) => !common.includes(length));
  return Math.min(Math.min(...onSome) - 16, Math.max(...common));
}

/** Whether the vector lengths that one CPU offers are not known. */
export function hasOpenLengths(cpu: CpuRegisters, extension: 'SVE' | 'SME'): boolean {
  return extension === 'SVE' ? cpu.hasOpenSveLengths : cpu.hasOpenSmeLengths;
}
