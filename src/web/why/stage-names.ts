/** The parts of a bit's way. */
export const STAGES = ['silicon', 'hypervisor', 'kernel', 'process', 'runtime'] as const;

/** One of {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** What each part is called. */
export const STAGE_TITLES: Readonly<Record<Stage, string>> = {
  silicon: 'Silicon',
  hypervisor: 'Hypervisor',
  kernel: 'Kernel',
  process: 'Process',
  runtime: 'Runtimes',
};
