import { ArmlensError } from '../../errors.ts';
import { cpucapRows, errataHiding, isErratum } from '../../linux/release/history.ts';
import { hasRow } from '../../linux/release/timeline.ts';
import type { System } from '../../linux/system.ts';
import { archFeaturesToldBy } from '../arch-feature-hwcaps.ts';
import { type Asked, askedOf, isImplemented } from './asked.ts';
import { bootIf } from './boot-scenario.ts';
import { candidatesFor } from './candidates.ts';
import type { Findings } from './chain.ts';
import { isOpen, isPresent } from './judge.ts';
import { releaseCandidates } from './release-candidates.ts';
import { type Sample, sampleScenario } from './sample-machine.ts';
import { applyChanges, type Change, type Scenario } from './scenario.ts';
import type { WhySubject } from './why-subject.ts';

/** Changes that together flip an answer; most often a single one. */
export interface Suggestion {
  readonly changes: readonly Change[];
  /** True if programs that use what they are then told of get SIGILL: a CPU that runs does not have it. */
  readonly sigill?: true;
  /** Errata of the CPUs whose workaround goes with it, by the name of the cpucap. */
  readonly losesWorkarounds?: readonly string[];
}

/** What was found to flip an answer, and how thoroughly it was looked for. */
export interface Search {
  readonly suggestions: readonly Suggestion[];
  /** How often a system was booted to try something. */
  readonly boots: number;
  /** Whether the search stopped at its limit, so that there may be more. */
  readonly cut: boolean;
}

/** How many boots a search may take, if nobody says otherwise. */
export const MAX_BOOTS = 400;

class Trial {
  boots = 0;
  cut = false;
  readonly #subject: WhySubject;
  readonly #asked: Asked | undefined;
  readonly #scenario: Scenario;
  readonly #sample: Sample | undefined;
  readonly #present: boolean;
  readonly #limit: number;
  readonly #flipped: { readonly changes: readonly Change[]; readonly system: System }[] = [];

  constructor(subject: WhySubject, scenario: Scenario, present: boolean, limit: number) {
    this.#subject = subject;
    this.#asked = askedOf(subject);
    this.#scenario = scenario;
    this.#sample = sampleScenario(scenario);
    this.#present = present;
    this.#limit = limit;
  }

  /** Whether changes, applied, flip the answer: on a sample of a large machine, and then on the machine itself. */
  flips(changes: readonly Change[]): boolean {
    if (this.boots >= this.#limit) {
      this.cut = true;
      return false;
    }
    this.boots++;
    const sample = this.#sample;
    if (sample !== undefined) {
      const sampled = changes.flatMap((change) => sample.ofSample(change) ?? []);
      if (sampled.length < changes.length || this.#other(sample.scenario, sampled) === undefined) return false;
    }
    const system = this.#other(this.#scenario, changes);
    if (system !== undefined) this.#flipped.push({ changes, system });
    return system !== undefined;
  }

  /** The system that changes made which {@link flips} found to flip the answer. */
  systemOf(changes: readonly Change[]): System {
    return this.#flipped.find((one) => one.changes.length === changes.length && one.changes.every((change) => changes.includes(change)))!
      .system;
  }

  /**
   * The changed system, if its answer is the other one. One that stops during boot, or of which it is not known, is no answer to how something can
   * be brought or taken away.
   */
  #other(scenario: Scenario, changes: readonly Change[]): System | undefined {
    try {
      return bootIf(
        applyChanges(scenario, changes),
        (system) => !isOpen(this.#subject, system, this.#asked) && isPresent(this.#subject, system, this.#asked) !== this.#present,
      );
    } catch (error) {
      if (error instanceof ArmlensError) return undefined;
      throw error;
    }
  }
}

/** What only the kernel decides, so that the CPUs keep their errata. */
function isOfKernel({ kind }: Change): boolean {
  return kind === 'config' || kind === 'cmdline' || kind === 'release' || kind === 'environment';
}

/** The errata that an answer is about or depends on, and those whose workaround takes a field of it from programs. */
function errataOf(subject: WhySubject, { needs }: Findings): readonly string[] {
  const hiding = needs.flatMap((need) => (need.kind === 'field' ? errataHiding(need.condition.field).map(({ name }) => name) : []));
  const asked = [...needs, ...(subject.kind === 'cpucap' ? [subject] : [])].flatMap((one) => (one.kind === 'cpucap' ? [one.name] : []));
  return [...new Set([...hiding, ...asked.filter((name) => cpucapRows(name).some(isErratum))])];
}

/** A suggestion with what it brings besides: looked up in the system that it makes. */
function withCautions(changes: readonly Change[], system: System, subject: WhySubject, findings: Findings): Suggestion {
  const { present, trace } = findings;
  const features = subject.kind === 'hwcap' && !present ? archFeaturesToldBy(subject.name) : [];
  const lost = changes.every(isOfKernel)
    ? errataOf(subject, findings).filter((name) => trace.system.cpucaps.includes(name) && !system.cpucaps.includes(name))
    : [];
  return {
    changes,
    ...(features.length > 0 && features.every((name) => isImplemented(name, system) === false) ? { sigill: true } : {}),
    ...(lost.length > 0 ? { losesWorkarounds: lost } : {}),
  };
}

/** A search that stops before each boot, so that others may have their turn. */
type Steps<T> = Generator<undefined, T>;

function* flips(trial: Trial, changes: readonly Change[]): Steps<boolean> {
  yield;
  return trial.flips(changes);
}

function* nearestReleases(trial: Trial, findings: Findings, scenario: Scenario): Steps<readonly Change[]> {
  const { newerUpdates, olderUpdates, newer, older } = releaseCandidates(findings, scenario);
  const found: Change[] = [];
  for (const list of [newerUpdates, newer, olderUpdates, older]) {
    for (const change of list) {
      if (!(yield* flips(trial, [change]))) continue;
      found.push(change);
      break;
    }
  }
  return found;
}

/** Of some changes those that flip the answer by themselves. */
function* alone(trial: Trial, candidates: readonly Change[]): Steps<readonly Change[]> {
  const found: Change[] = [];
  for (const change of candidates) {
    // Of the host's kernels the nearest that does suffices.
    if (change.kind === 'host-release' && found.some(({ kind }) => kind === 'host-release')) continue;
    if (yield* flips(trial, [change])) found.push(change);
  }
  return found;
}

/** Whether two changes are of the same thing, so that only one of them can be made. */
function collide(a: Change, b: Change): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'field' && b.kind === 'field') return a.field === b.field;
  if (a.kind === 'config' && b.kind === 'config') return a.option === b.option;
  return a.kind === 'release' || a.kind === 'host-release' || a.kind === 'environment' || a.kind === 'without-cpus';
}

/** Whether leaving out fewer CPUs does as well. */
function isWider(change: Change, others: readonly Change[]): boolean {
  if (change.kind !== 'without-cpus') return false;
  return others.some(
    (other) =>
      other.kind === 'without-cpus' && other.cpus.length < change.cpus.length && other.cpus.every((cpu) => change.cpus.includes(cpu)),
  );
}

/** Whether a word need not be added, since the same comes of another word that is taken away or put right. */
function isImplied(change: Change, others: readonly Change[]): boolean {
  if (change.kind !== 'cmdline' || change.add === undefined || change.drop !== undefined) return false;
  const [name] = change.add.split('=');
  return others.some(
    (other) => other.kind === 'cmdline' && other.drop !== undefined && (other.add === change.add || other.drop.split('=')[0] === name),
  );
}

/** How many pairs are told. */
const SHOWN_PAIRS = 4;

const KERNELS: ReadonlySet<Change['kind']> = new Set(['release', 'host-release']);

/** Whether a nearer kernel is already told together with the same other change. */
function isFartherKernel(changes: readonly Change[], found: readonly Suggestion[]): boolean {
  const kinds = changes.map(({ kind }) => kind).filter((kind) => KERNELS.has(kind));
  const isShared = (change: Change): boolean => !KERNELS.has(change.kind) && changes.includes(change);
  return found.some((told) => told.changes.some(isShared) && told.changes.some(({ kind }) => kinds.includes(kind)));
}

function* pairs(trial: Trial, pool: readonly Change[]): Steps<readonly Suggestion[]> {
  const found: Suggestion[] = [];
  for (const [i, a] of pool.entries()) {
    for (const b of pool.slice(i + 1)) {
      if (found.length >= SHOWN_PAIRS || trial.cut) return found;
      if (isFartherKernel([a, b], found)) continue;
      if (!collide(a, b) && (yield* flips(trial, [a, b]))) found.push({ changes: [a, b] });
    }
  }
  return found;
}

/** Everything that could help at once, then less and less, as long as it still flips the answer. */
function* together(trial: Trial, pool: readonly Change[]): Steps<readonly Suggestion[]> {
  const all = pool.filter((change, i) => !pool.slice(0, i).some((earlier) => collide(earlier, change)));
  if (all.length < 3 || !(yield* flips(trial, all))) return [];
  let kept = all;
  for (const change of all) {
    const rest = kept.filter((other) => other !== change);
    if (yield* flips(trial, rest)) kept = rest;
  }
  return [{ changes: kept }];
}

/** Releases that are worth a try together with something else: the first that knows the name, and the newest at which anything changes. */
function releasesForPairs(findings: Findings, scenario: Scenario): readonly Change[] {
  const { newer, newerUpdates } = releaseCandidates(findings, scenario);
  const first = newer.find((change) => change.kind === 'release' && findings.rows.some((row) => hasRow(row, change.to)));
  return [...newerUpdates.slice(-1), ...(first === undefined ? [] : [first]), ...newer.slice(-1).filter((change) => change !== first)];
}

/** Changes that are worth combining: words are only dropped, and CPUs stay. */
function isForPairs(change: Change): boolean {
  return change.kind !== 'without-cpus' && !(change.kind === 'cmdline' && change.add !== undefined);
}

/**
 * Looks for the smallest changes that flip an answer. Each one that is returned was tried: the changed scenario was booted, and the
 * answer was the other one. The search stops before each boot, and goes on when it is asked to.
 */
export function* searchSteps(subject: WhySubject, findings: Findings, scenario: Scenario, limit: number = MAX_BOOTS): Steps<Search> {
  const trial = new Trial(subject, scenario, findings.present, limit);
  const candidates = candidatesFor(subject, findings, scenario);
  const releases = yield* nearestReleases(trial, findings, scenario);
  const singles = yield* alone(trial, candidates);
  const single = singles.filter((change) => !isImplied(change, singles) && !isWider(change, singles));
  const isField = ({ kind }: Change): boolean => kind === 'field';
  const ordered = [...single.filter((change) => !isField(change)), ...releases, ...single.filter(isField)];
  const told = (suggestions: readonly Suggestion[]): Search => ({
    suggestions: suggestions.map(({ changes }) => withCautions(changes, trial.systemOf(changes), subject, findings)),
    boots: trial.boots,
    cut: trial.cut,
  });
  if (ordered.length > 0) return told(ordered.map((change) => ({ changes: [change] })));
  const pool = [...candidates.filter(isForPairs), ...releasesForPairs(findings, scenario)];
  const two = yield* pairs(trial, pool);
  const suggestions =
    two.length > 0
      ? two
      : yield* together(
          trial,
          pool.filter(({ kind }) => kind === 'field' || kind === 'config' || kind === 'release'),
        );
  return told(suggestions);
}

/** The same at one go. */
export function searchChanges(subject: WhySubject, findings: Findings, scenario: Scenario, limit?: number): Search {
  const steps = searchSteps(subject, findings, scenario, limit);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
