import { allOf, type Truth } from '../../logic/truth.ts';
import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { type Facts, verdictOn } from '../bring-up/evaluate.ts';
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

/** What a rule asks, for those who judge it and those who explain it. */
interface Asking {
  /** What it asks of fields, cores, options and capabilities; where this does not hold, the rule does not. Absent = nothing. */
  readonly asks?: Condition;
  /** Whether the registers are the system's, also where a CPU is tested. */
  readonly ofSystem?: true;
  /** Whether the condition that the capability carries besides spares a CPU: where it holds, the rule does not. */
  readonly spares?: true;
  /** Fields, or whole registers, that it looks at besides. */
  readonly reads?: readonly string[];
  /** Words of the command line that it heeds, as somebody would write them. */
  readonly cmdline?: readonly string[];
}

/** A rule that asks for more than a condition can say. */
export interface JudgedRule extends Asking {
  /** What it asks besides, in words that a person understands. */
  readonly besides: string;
  /** Tells whether it holds. */
  readonly judge: (situation: RuleSituation) => boolean;
}

/**
 * A function of the kernel that is no comparison of one field. What it asks stands beside it, as a condition and in words. One that
 * asks for nothing besides has no function here: it holds if `asks` does, and with it what the capability's own row asks.
 */
export type Rule = (Asking & { readonly judge?: undefined; readonly besides?: undefined }) | JudgedRule;

/** The rules, by the name of the kernel's function. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...AUTHENTICATION_RULES,
  ...CACHE_RULES,
  ...ERRATUM_RULES,
  ...FEATURE_RULES,
  ...GIC_RULES,
  ...SPECTRE_RULES,
  ...VIRTUALISATION_RULES,
};

/** Judges a rule by name. The names come from spec-data, where a test checks that each is known. */
export function judgeRule(name: string, state: BootState, scope: Scope, cpu: CpuRegisters, facts: Facts, of: Condition | undefined): Truth {
  const { asks, ofSystem, judge } = RULES[name]!;
  const isHeld = (): Truth => of === undefined || verdictOn(of, facts);
  if (judge !== undefined) return state.judge(() => judge({ state, scope, cpu, facts, of, held: () => state.reader.decide(isHeld()) }));
  return allOf([asks === undefined || verdictOn(asks, ofSystem ? state.system : facts), isHeld()]);
}
