import type { HwcapRule } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import { evaluate } from './evaluate.ts';
import { hwcapFacts } from './hwcaps.ts';
import { type RegisterState, updateRegister } from './sanitise.ts';

/** What a boot leaves to others: how two values are merged, and which rules hold. When that is done is the boot's own affair. */
export interface BootEngine {
  /** Merges a secondary CPU into a register. */
  update(state: RegisterState, raw: bigint): void;
  /** Tells which rules of the hwcap table hold on the system. */
  hwcaps(state: BootState): (rule: HwcapRule) => boolean;
  /** The same of the table of AArch32. */
  compatHwcaps(state: BootState): (rule: HwcapRule) => boolean;
}

function judge(state: BootState): (rule: HwcapRule) => boolean {
  const facts = hwcapFacts(state);
  return ({ when }) => evaluate(when, facts).held;
}

/** The evaluator: every rule and every field one by one. */
export const EVALUATOR: BootEngine = { update: updateRegister, hwcaps: judge, compatHwcaps: judge };
