import type { Capture } from '../answers/capture.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';

/** A core that a text names without saying which CPUs, or how many, are such ones: one stands for them. */
export function coreAlone(core: Omit<CpuinfoEntry, 'processor' | 'features'>, features: readonly string[] = []): Capture {
  return { cpuinfo: [{ processor: 0, features, ...core }], uncounted: true };
}
