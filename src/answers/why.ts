import type { ProgramVersion } from '../runtime/program.ts';
import { askedOf } from './why/asked.ts';
import { layered } from './why/boot-scenario.ts';
import { followBit } from './why/chain.ts';
import { answerOf, type Why } from './why/follow.ts';
import { withMeanings } from './why/meanings.ts';
import { withRuntimes } from './why/runtime-stations.ts';
import type { Scenario } from './why/scenario.ts';
import { type Search, searchChanges, searchSteps } from './why/search.ts';
import { findWhySubject, type WhySubject } from './why/why-subject.ts';

export type { Why } from './why/follow.ts';
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
export { hwcapsOfSubject } from './why/subject-hwcaps.ts';
export { findWhySubject, otherMeanings, type WhySubject } from './why/why-subject.ts';

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
  const findings = followBit(asked, layered(scenario), askedOf(asked));
  const answer = withRuntimes(answerOf(asked, findings), programs);
  const search = maxBoots === 0 ? answer.search : searchChanges(asked, findings, scenario, maxBoots);
  return { ...answer, chain: withMeanings(answer.chain), search };
}

/**
 * Looks for what {@link why} tells as `search`, in steps: each takes about one boot, so that a page can do something else in between.
 *
 * @throws {ArmlensError} as {@link why} does, at the first step.
 */
export function* whySearch(subject: WhySubject, scenario: Scenario): Generator<undefined, Search> {
  return yield* searchSteps(subject, followBit(subject, layered(scenario), askedOf(subject)), scenario);
}
