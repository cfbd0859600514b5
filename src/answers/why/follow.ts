import type { Doubt, System } from '../../linux/system.ts';
import type { Asked } from './asked.ts';
import type { LayeredScenario } from './boot-layered.ts';
import { type Findings, followBit } from './chain.ts';
import type { Search } from './search.ts';
import type { Station } from './station.ts';
import type { WhySubject } from './why-subject.ts';

/** Why something is there, or is not. */
export interface Why {
  readonly subject: WhySubject;
  /**
   * Whether it is there: a hwcap that programs see, a cpucap that is set, a field whose system-wide value is high enough, or an
   * architecture feature that the registers of all CPUs in use show.
   */
  readonly present: boolean;
  /** Set if it is not known whether it is there; `present` is then false. */
  readonly unknown?: true;
  /** The stations on the bit's way, from silicon to the answer. */
  readonly chain: readonly Station[];
  /** What would flip the answer. */
  readonly search: Search;
  readonly release: string;
  readonly fidelity: System['fidelity'];
  readonly doubts: readonly Doubt[];
  readonly system: System;
}

/** What was found out on the way of a bit, as an answer; nothing was looked for that would flip it. */
export function answerOf(subject: WhySubject, { present, isOpen, chain, trace }: Findings): Why {
  const { system } = trace;
  return {
    subject,
    present,
    ...(isOpen ? { unknown: true } : {}),
    chain,
    search: { suggestions: [], boots: 0, cut: true },
    release: system.release,
    fidelity: system.fidelity,
    doubts: system.doubts,
    system,
  };
}

/**
 * Follows a bit from silicon to a process: what `why` tells, without programs, without the search for changes and without the phrases
 * that say what the values of fields mean, for pages that show the way alone.
 *
 * @param asked - What is asked of registers, for an architecture feature.
 */
export function follow(subject: WhySubject, scenario: LayeredScenario, asked?: Asked): Why {
  return answerOf(subject, followBit(subject, scenario, asked));
}
