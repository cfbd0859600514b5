import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import type { Facts } from '../bring-up/evaluate.ts';
import type { Scope } from '../release/capability.ts';
import type { Condition, RuleCondition } from '../release/rows.ts';

/** Where a rule is judged. */
export interface RuleSituation {
  readonly state: BootState;
  readonly scope: Scope;
  /** The CPU that is tested; the boot CPU when the system is. */
  readonly cpu: CpuRegisters;
  readonly facts: Facts;
  /** The condition that the capability carries besides. */
  readonly of: Condition | undefined;
  /** Whether that condition holds; true if there is none. */
  held(): boolean;
}

/**
 * A function of the kernel that is no comparison of one field, or a fact on which such functions hang. What it asks stands beside it:
 * as a condition, whose leaves may be rules themselves, or in words, where no register, option or core says it. What explains an answer
 * reads that; a test holds it against `judge`.
 */
export interface Rule {
  /** What it asks, in words that a person understands: a clause that is true where it holds. Absent = `asks` says it. */
  readonly says?: string;
  /**
   * What it asks of fields, cores, options, capabilities and other rules. {@link OWN} stands for what the capability carries besides; where
   * it does not stand, that must hold too. Absent = nothing else if there is no `judge`; nothing that a condition could say if there is.
   */
  readonly asks?: Condition;
  /** Whether the registers are the system's, also where a CPU is tested. */
  readonly ofSystem?: true;
  /** Whether each CPU that runs has the boot CPU's value of the field that the capability carries besides. */
  readonly asBoot?: true;
  /** Fields, or whole registers, that its function looks at and no condition names. */
  readonly reads?: readonly string[];
  /** The list of cores that it asks for, and nothing else: as the kernel has it. */
  readonly list?: string;
  /** Words of the command line that it heeds, as somebody would write them. */
  readonly cmdline?: readonly string[];
  /** Tells whether it holds, where that takes more than what it asks: a value that is shared, a line that is printed. */
  readonly judge?: (situation: RuleSituation) => boolean;
}

/** The place, in what a rule asks, of the condition that a capability carries besides. */
export const OWN: RuleCondition = { rule: 'own' };

/** A rule that a core is in one of the named lists of spec-data/linux/core-lists.json. */
export function knownCores(list: string, says: string): Rule {
  return { says, list };
}
