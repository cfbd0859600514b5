import type { Why } from '../../answers/why.ts';
import { type Later, later } from '../later.ts';

/** What stands in loss-code.ts. */
type LossCode = typeof import('./loss-code.ts');

/** What is said where a bit is lost or may be: fetched with such an answer, or when the reader stirs, who may lose any. */
export const LOSS: Later<LossCode> = later(() => import('./loss-code.ts'));

/** Whether an answer cannot be told without {@link LOSS}: the bit does not come through for certain, or somebody meddles with it. */
export function needsLoss({ present, chain }: Why): boolean {
  return !present || chain.some(({ place }) => place === 'hypervisor');
}

/** The words for a loss, for an answer that {@link needsLoss}. */
export function lossCode(): LossCode {
  const code = LOSS.now();
  if (code === undefined) throw new Error('the words for a loss were not fetched');
  return code;
}
