import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { evaluate, type Facts } from '../bring-up/evaluate.ts';
import type { Scope } from '../release/capability.ts';
import type { Condition } from '../release/rows.ts';
import { AUTHENTICATION_RULES } from './authentication.ts';
import { CACHE_RULES } from './cache.ts';
import { ERRATUM_RULES } from './errata.ts';
import { FEATURE_RULES } from './features.ts';
import { GIC_RULES } from './gic.ts';
import { SPECTRE_RULES } from './spectre.ts';
import { VIRTUALISATION_RULES } from './virtualisation.ts';

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

/** Judges one rule. */
export type Rule = (situation: RuleSituation) => boolean;

/** The rules that are no comparison, by the name of the kernel's function. */
const RULES: Readonly<Record<string, Rule>> = {
  ...AUTHENTICATION_RULES,
  ...CACHE_RULES,
  ...ERRATUM_RULES,
  ...FEATURE_RULES,
  ...GIC_RULES,
  ...SPECTRE_RULES,
  ...VIRTUALISATION_RULES,
};

/** The names of all rules that can be judged. */
export const RULE_NAMES: readonly string[] = Object.keys(RULES);

/** Judges a rule by name. The names come from spec-data, where a test checks that each is known. */
export function judgeRule(
  name: string,
  state: BootState,
  scope: Scope,
  cpu: CpuRegisters,
  facts: Facts,
  of: Condition | undefined,
): boolean {
  return RULES[name]!({ state, scope, cpu, facts, of, held: () => of === undefined || evaluate(of, facts).held });
}
