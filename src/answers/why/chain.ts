import { given } from '../../given.ts';
import type { BootState } from '../../linux/bring-up/boot-state.ts';
import { evaluate, type Outcome } from '../../linux/bring-up/evaluate.ts';
import { splitWords } from '../../linux/cmdline/words.ts';
import { errataHiding } from '../../linux/release/history.ts';
import { type KernelModel, kernelAt } from '../../linux/release/kernel-at.ts';
import type { Condition, ConditionLeaf, Timed } from '../../linux/release/rows.ts';
import { listsJudgedBy } from '../../linux/rules/judge-rule.ts';
import { foldTree } from '../../logic/tree.ts';
import type { Asked } from './asked.ts';
import { type Basis, basisOf } from './basis.ts';
import type { LayeredScenario } from './boot-layered.ts';
import type { FieldNeed } from './cpu-groups.ts';
import { fieldStations, matchingCpus } from './field-stations.ts';
import { isOpen, isPresent } from './judge.ts';
import { faultsOf, type Need, needsOf } from './needs.ts';
import type { Fate, Station } from './station.ts';
import { configuration, cpus, release } from './system-stations.ts';
import { type Trace, traceBoot } from './trace.ts';
import type { WhySubject } from './why-subject.ts';

/** What was found out of one subject: the stations, and what the search for changes starts from. */
export interface Findings {
  readonly present: boolean;
  /** Whether it is not known if it is there. */
  readonly isOpen: boolean;
  readonly chain: readonly Station[];
  readonly trace: Trace;
  /** All that the answer depends on. */
  readonly needs: readonly Need[];
  /** Of these, what keeps it from being yes. */
  readonly faults: readonly Need[];
  /** The rows of the history on which the answer depends. */
  readonly rows: readonly Timed<object>[];
}

interface Judged {
  readonly outcome: Outcome;
  readonly faults: readonly Need[];
}

/** A capability of local scope is judged on each CPU; it is at fault on the CPU that comes nearest, the first. */
function judge({ condition, facts }: Basis, subject: WhySubject, state: BootState): Judged | undefined {
  if (condition === undefined) return undefined;
  const local =
    subject.kind === 'arch-feature' ||
    (subject.kind === 'cpucap' && state.model.capabilities.find(({ name }) => name === subject.name)?.scope !== 'system');
  if (!local) return { outcome: evaluate(condition, facts(state)), faults: faultsOf(condition, state, facts(state)) };
  const each = state.cpus.map((cpu) =>
    subject.kind === 'arch-feature' ? { ...state.local(cpu), register: (name: string) => cpu.raw(name) } : state.local(cpu),
  );
  const outcomes = each.map((own) => ({ outcome: evaluate(condition, own), faults: faultsOf(condition, state, own) }));
  const wanted =
    subject.kind === 'arch-feature' ? outcomes.find(({ outcome }) => !outcome.held) : outcomes.find(({ outcome }) => outcome.held);
  const found = wanted ?? outcomes[0];
  if (found?.outcome.open !== true) return found;
  // What is not known of a CPU may be told of all of them.
  const told = evaluate(condition, state.system);
  return told.open ? found : { outcome: told, faults: faultsOf(condition, state, state.system) };
}

function fieldNeeds(needs: readonly Need[], faults: readonly Need[], present: boolean): readonly FieldNeed[] {
  const atFault = new Set(faults.map((fault) => JSON.stringify(fault)));
  return needs.flatMap((need) =>
    need.kind === 'field'
      ? [{ condition: need.condition, wanted: need.wanted, atFault: !present && atFault.has(JSON.stringify(need)) }]
      : [],
  );
}

/** How many comparisons are shown one by one. */
const SHOWN_FIELDS = 8;

/** The fields of which any one would do. */
function alternatives(condition: Condition | undefined): ReadonlySet<string> {
  if (condition === undefined) return new Set();
  const field = (leaf: ConditionLeaf): readonly string[] => ('field' in leaf ? [leaf.field] : []);
  return new Set(foldTree(condition, field, { all: () => [], any: (parts) => parts.flat(), not: () => [] }));
}

/**
 * Of fields of which any one would do, the one that came furthest is to blame for the answer: what the others never had would not have
 * been needed.
 */
function blamed(
  tracks: readonly (readonly Station[])[],
  together: readonly boolean[],
  places: readonly Station['place'][],
): readonly (readonly Station[])[] {
  const lostAt = tracks.map((track) => places.findIndex((place) => track.some((one) => one.place === place && one.fate === 'lost')));
  const furthest = Math.max(...lostAt.filter((_, index) => together[index]));
  return tracks.map((track, index) =>
    together[index] && lostAt[index]! >= 0 && lostAt[index]! < furthest
      ? track.map((station) => (station.fate === 'lost' ? { ...station, fate: 'noted' as const } : station))
      : track,
  );
}

function byPlace(needs: readonly FieldNeed[], subject: WhySubject, trace: Trace, condition: Condition | undefined): readonly Station[] {
  const shown = [...needs.filter(({ atFault }) => atFault), ...needs.filter(({ atFault }) => !atFault)].slice(0, SHOWN_FIELDS);
  const anyOf = alternatives(condition);
  const chosen = needs
    .filter((need) => shown.includes(need))
    .map((need): FieldNeed => (anyOf.has(need.condition.field) ? { ...need, alternative: true } : need));
  const places =
    subject.kind === 'cpucap'
      ? (['silicon', 'hypervisor', 'override', 'sanitise'] as const)
      : (['silicon', 'hypervisor', 'override', 'sanitise', 'visibility', 'erratum'] as const);
  const present = !needs.some(({ atFault }) => atFault);
  const tracks = chosen.map((need) => {
    const track = fieldStations(need, trace);
    return places.flatMap((place) => track[place].map((station) => ({ ...station, fate: fateFor(subject, station, present) })));
  });
  const judged = blamed(
    tracks,
    chosen.map(({ alternative }) => alternative === true),
    places,
  );
  return places.flatMap((place) => judged.flatMap((track) => track.filter((station) => station.place === place)));
}

/**
 * Whether a station decided anything for a kind of subject. An architecture feature is judged by the registers of each CPU, before the
 * kernel; only hwcaps need that EL0 sees a field.
 */
function fateFor({ kind }: WhySubject, { place, fate }: Station, present: boolean): Fate {
  if (kind === 'arch-feature') {
    if (place === 'silicon') return fate === 'partly' && !present ? 'lost' : fate;
    return fate === 'lost' && place !== 'hypervisor' ? 'noted' : fate;
  }
  return kind !== 'hwcap' && kind !== 'compat' && fate === 'lost' && (place === 'visibility' || place === 'erratum') ? 'noted' : fate;
}

function conditionStation(
  subject: WhySubject,
  basis: Basis,
  judged: Judged | undefined,
  present: boolean,
  trace: Trace,
  lostBefore: boolean,
  isOpened: boolean,
): readonly Station[] {
  const { source } = basis;
  if (basis.reason !== undefined) {
    const words =
      subject.name === 'evtstrm' ? splitWords(trace.scenario.kernel.cmdline ?? '').filter((word) => word.includes('evtstrm')) : [];
    return [{ place: 'kernel', fate: present ? 'passed' : lostBefore ? 'noted' : 'lost', reason: basis.reason, words, source }];
  }
  if (judged === undefined)
    return present || lostBefore ? [] : [{ place: 'kernel', fate: 'lost', reason: 'no ID register tells', words: [], source }];
  const fate = present ? 'passed' : lostBefore ? 'noted' : 'lost';
  // What was traced is one of several ways that the boot may go.
  const outcome = isOpened ? opened(judged.outcome) : judged.outcome;
  const cpus = subject.kind === 'cpucap' && outcome.open === undefined ? given({ cpus: matchingCpus(subject.name, trace) }) : {};
  return [{ place: 'condition', fate, outcome, ...cpus, source }];
}

/** An outcome of which it is not known whether it comes about. */
function opened(outcome: Outcome): Outcome {
  return { ...outcome, held: false, open: true };
}

function views({ hwcaps: names, isSeenAtEl0 }: Asked, trace: Trace): Station {
  const { hwcaps: shown, unknown } = trace.system;
  const hwcaps = names.map((hwcap) => ({
    name: hwcap,
    ...given({ set: unknown?.hwcaps?.includes(hwcap) ? undefined : shown.names.includes(hwcap) }),
  }));
  return {
    place: 'views',
    fate: 'noted',
    el0: isSeenAtEl0(trace.system),
    hwcaps,
    source: 'linux:arch/arm64/kernel/cpufeature.c#do_emulate_mrs',
  };
}

function allNeeds({ condition, options }: Basis, model: KernelModel, asked: Asked | undefined): readonly Need[] {
  return asked?.needs ?? [...options, ...(condition === undefined ? [] : needsOf(condition, model))];
}

function isMet(need: Need, model: KernelModel): boolean {
  return need.kind !== 'option' || (model.option(need.option) === 'y') === need.wanted;
}

/** The names by which rows of the history that concern an answer are called. */
function rowNames(subject: WhySubject, needs: readonly Need[]): readonly string[] {
  const fields = needs.flatMap((need) => (need.kind === 'field' ? [need.condition.field] : []));
  const cpucaps = needs.flatMap((need) => (need.kind === 'cpucap' ? [need.name] : []));
  const hiding = subject.kind === 'hwcap' || subject.kind === 'compat' ? fields.flatMap((field) => errataHiding(field)) : [];
  return [subject.name, ...fields, ...cpucaps, ...hiding.map(({ name }) => name)];
}

/** A station of a bit of which nothing is known to be lost. */
function withoutLoss(station: Station): Station {
  return station.fate === 'lost' || station.fate === 'partly' ? { ...station, fate: 'noted' } : station;
}

/**
 * Follows the bit of a subject through a scenario.
 *
 * @param asked - What is asked of registers, for an architecture feature.
 */
export function followBit(subject: WhySubject, scenario: LayeredScenario, asked: Asked | undefined): Findings {
  const model = kernelAt(scenario.kernel);
  const basis = basisOf(subject, model, asked);
  const { judged, ...trace } = traceBoot(scenario, model, (state) => judge(basis, subject, state));
  const present = isPresent(subject, trace.system, asked);
  const isOpened = isOpen(subject, trace.system, asked);
  const needs = allNeeds(basis, model, asked);
  const faults = present ? [] : [...(judged?.faults ?? []), ...basis.options.filter((need) => !isMet(need, model))];
  const names = [...rowNames(subject, needs), ...(basis.condition === undefined ? [] : listsJudgedBy(basis.condition))];
  const before: readonly Station[] = [
    ...byPlace(fieldNeeds(needs, faults, present), subject, trace, basis.condition),
    ...(subject.kind === 'arch-feature' ? [] : configuration(needs, faults, trace)),
    ...(subject.kind === 'arch-feature' ? [] : [release(basis.row, names, present, trace, basis.source)]),
  ];
  const stopped = cpus(trace);
  const lostBefore = [...before, ...stopped].some(({ fate }) => fate === 'lost');
  const chain = [
    ...before,
    ...conditionStation(subject, basis, judged, present, trace, lostBefore, isOpened),
    ...(asked === undefined ? [] : [views(asked, trace)]),
    ...stopped,
  ];
  return {
    present,
    isOpen: isOpened,
    chain: isOpened ? chain.map(withoutLoss) : chain,
    trace,
    needs,
    faults,
    rows: basis.row === undefined ? [] : [basis.row],
  };
}
