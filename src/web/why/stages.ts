import type { Station } from '../../answers/why.ts';

/** The parts of a bit's way. */
export const STAGES = ['silicon', 'hypervisor', 'kernel', 'process', 'runtime'] as const;

/** One of {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** Where each station stands. */
const STAGE_OF: Readonly<Record<Station['place'], Stage>> = {
  silicon: 'silicon',
  hypervisor: 'hypervisor',
  override: 'kernel',
  sanitise: 'kernel',
  visibility: 'process',
  erratum: 'kernel',
  configuration: 'kernel',
  release: 'kernel',
  condition: 'kernel',
  kernel: 'kernel',
  cpus: 'kernel',
  views: 'process',
  runtime: 'runtime',
};

/** The stations of each part of the way, in the order of travel; `views` only tells what programs see. */
export function byStage(chain: readonly Station[]): ReadonlyMap<Stage, readonly Station[]> {
  return new Map(STAGES.map((stage) => [stage, chain.filter(({ place }) => STAGE_OF[place] === stage)]));
}
