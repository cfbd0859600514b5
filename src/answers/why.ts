import type { Doubt, System } from '../linux/system.ts';
import { processOf } from '../process/process.ts';
import type { ProgramVersion } from '../runtime/program.ts';
import { followBit } from './why/chain.ts';
import { isOpen } from './why/judge.ts';
import { runtimeStations } from './why/runtime-stations.ts';
import type { Scenario } from './why/scenario.ts';
import { type Search, searchChanges, searchSteps } from './why/search.ts';
import type { Station } from './why/station.ts';
import { findWhySubject, type WhySubject } from './why/why-subject.ts';

export { hwcapsOfSubject } from './why/runtime-stations.ts';
export { applyChange, applyChanges, type Change, type KvmScenario, type Scenario } from './why/scenario.ts';
export type { Search, Suggestion } from './why/search.ts';
export type {
  CpuGroup,
  ErratumEffect,
  Fate,
  Hint,
  LayerEffect,
  MergeStep,
  OptionState,
  RuntimeName,
  Station,
  WordEffect,
} from './why/station.ts';
export { findWhySubject, otherMeanings, type WhySubject } from './why/why-subject.ts';

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

/** How an explanation is made. */
export interface WhyOptions {
  /** How many systems may be booted in search of changes; 0: no search. */
  readonly maxBoots?: number;
  /** The programs to which the bit is followed; absent: it is followed to what a process sees. */
  readonly programs?: readonly ProgramVersion[];
}

/**
 * Explains why a hwcap, an architecture feature, a cpucap or a field is there or is not on a machine under a kernel, and finds what
 * would change it.
 *
 * @throws {ArmlensError} `unknown-name` if `subject` is a text that names nothing; what `boot` throws.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * why('sve', { machine, layers: [], kernel: { release: '6.12' }, environment: {} }).present // → false
 * ```
 */
export function why(subject: string | WhySubject, scenario: Scenario, { maxBoots, programs = [] }: WhyOptions = {}): Why {
  const asked = typeof subject === 'string' ? findWhySubject(subject) : subject;
  const findings = followBit(asked, scenario);
  const { present, chain, trace } = findings;
  const { system } = trace;
  const unknown = isOpen(asked, system);
  const search = maxBoots === 0 ? { suggestions: [], boots: 0, cut: true } : searchChanges(asked, findings, scenario, maxBoots);
  return {
    subject: asked,
    present,
    ...(unknown ? { unknown: true } : {}),
    chain: programs.length === 0 ? chain : [...chain, ...runtimeStations(asked, processOf(system), programs)],
    search,
    release: system.release,
    fidelity: system.fidelity,
    doubts: system.doubts,
    system,
  };
}

/**
 * Looks for what {@link why} tells as `search`, in steps: each takes about one boot, so that a page can do something else in between.
 *
 * @throws {ArmlensError} as {@link why} does, at the first step.
 */
export function* whySearch(subject: WhySubject, scenario: Scenario): Generator<undefined, Search> {
  return yield* searchSteps(subject, followBit(subject, scenario), scenario);
}
