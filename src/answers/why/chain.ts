import { findArchFeature } from '../../arch/arch-feature.ts';
import { findField } from '../../arch/register.ts';
import type { BootState } from '../../linux/boot-state.ts';
import { parseCmdline } from '../../linux/cmdline.ts';
import { evaluate, type Facts, fieldPlace, type Outcome } from '../../linux/evaluate.ts';
import { HWCAP_ROWS } from '../../linux/generated/hwcaps.ts';
import { SANITISED_ROWS } from '../../linux/generated/sanitised.ts';
import { hwcapFacts } from '../../linux/hwcaps.ts';
import { kernelAt } from '../../linux/kernel-at.ts';
import type { CapabilityState, Condition, HwcapState, Timed } from '../../linux/rows.ts';
import { stateAt } from '../../linux/timeline.ts';
import { findHwcap } from '../hwcap-facts.ts';
import { type FieldNeed, fieldStations, matchingCpus } from './field-stations.ts';
import { isPresent, isSeenAtEl0 } from './judge.ts';
import { cpucapCondition, cpucapOptions, cpucapRow, faultsOf, identificationCondition, identificationNeeds, type Need, needsOf, stateNear } from './needs.ts';
import type { Scenario } from './scenario.ts';
import type { Fate, Station } from './station.ts';
import { configuration, cpus, release } from './system-stations.ts';
import { type Trace, traceBoot } from './trace.ts';
import type { WhySubject } from './why-subject.ts';

/** What was found out of one subject: the stations, and what the search for changes starts from. */
export interface Findings {
  readonly present: boolean;
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

/** What decides a subject: a condition on the system, its options, and its row in the kernel's history. */
interface Basis {
  readonly condition?: Condition;
  readonly options: readonly Need[];
  readonly row?: Timed<object>;
  readonly source: string;
  facts(state: BootState): Facts;
}

const CPUFEATURE = 'linux:arch/arm64/kernel/cpufeature.c';

function option(name: string | undefined): readonly Need[] {
  return name === undefined ? [] : [{ kind: 'option', option: name, wanted: true }];
}

function hwcapBasis(name: string, scenario: Scenario): Basis {
  const { release: at } = kernelAt(scenario.kernel);
  const row = HWCAP_ROWS.find((candidate) => candidate.name === name);
  const source = `${CPUFEATURE}#arm64_elf_hwcaps`;
  if (row === undefined) {
    const entry = findHwcap(name);
    return { options: option(entry?.config), ...(entry === undefined ? {} : { row: { since: entry.since } }), source: `${CPUFEATURE}#setup_elf_hwcaps`, facts: hwcapFacts };
  }
  const state = stateNear<HwcapState>(row, at);
  return { ...(state === undefined ? {} : { condition: state.when }), options: option(state?.config), row, source, facts: hwcapFacts };
}

function cpucapBasis(name: string, scenario: Scenario): Basis {
  const model = kernelAt(scenario.kernel);
  const row = cpucapRow(name, model.release);
  const state = row === undefined ? undefined : stateNear<CapabilityState>(row, model.release);
  const condition = cpucapCondition(name, model) ?? (row?.affected === undefined ? undefined : { midr: row.affected.map(({ midr }) => midr) });
  const source = state?.type === 'local-cpu-erratum' ? 'linux:arch/arm64/kernel/cpu_errata.c#arm64_errata' : `${CPUFEATURE}#arm64_features`;
  return {
    ...(condition === undefined ? {} : { condition }),
    options: cpucapOptions(name, model.release),
    ...(row === undefined ? {} : { row }),
    source,
    facts: (boot) => boot.system,
  };
}

function fieldBasis(subject: WhySubject & { readonly kind: 'field' }, scenario: Scenario): Basis {
  const { register, lsb, width } = fieldPlace(subject.name);
  const rows = SANITISED_ROWS.find(({ name }) => name === register)?.fields.filter(({ bits: [msb, low] }) => low <= lsb && msb >= lsb + width - 1) ?? [];
  const field = rows.find((row) => stateAt(row, kernelAt(scenario.kernel).release) !== undefined) ?? rows.find(({ bits: [, low] }) => low === lsb) ?? rows[0];
  const condition = { field: subject.name, atLeast: subject.atLeast, ...(isSigned(subject.name) ? { sign: 'signed' as const } : {}) };
  return { condition, options: [], ...(field === undefined ? {} : { row: field }), source: `${CPUFEATURE}#ftr_${register.toLowerCase()}`, facts: (boot) => boot.system };
}

function isSigned(path: string): boolean {
  return findField(path)?.field.sign === 'signed';
}

function archFeatureBasis(name: string): Basis {
  const identification = findArchFeature(name)?.identification;
  const condition = identification === undefined ? undefined : identificationCondition(identification);
  return {
    ...(condition === undefined ? {} : { condition }),
    options: [],
    source: `ddi0487#${name}`,
    facts: (boot) => boot.system,
  };
}

function basisOf(subject: WhySubject, scenario: Scenario): Basis {
  switch (subject.kind) {
    case 'hwcap':
      return hwcapBasis(subject.name, scenario);
    case 'cpucap':
      return cpucapBasis(subject.name, scenario);
    case 'field':
      return fieldBasis(subject, scenario);
    case 'arch-feature':
      return archFeatureBasis(subject.name);
  }
}

/** A capability of local scope is judged on each CPU; it is at fault on the CPU that comes nearest, the first. */
function judge({ condition, facts }: Basis, subject: WhySubject, state: BootState): Judged | undefined {
  if (condition === undefined) return undefined;
  const local = subject.kind === 'arch-feature' || (subject.kind === 'cpucap' && state.model.capabilities.find(({ name }) => name === subject.name)?.scope !== 'system');
  if (!local) return { outcome: evaluate(condition, facts(state)), faults: faultsOf(condition, state, facts(state)) };
  const each = state.cpus.map((cpu) => (subject.kind === 'arch-feature' ? { ...state.local(cpu), register: (name: string) => cpu.raw(name) } : state.local(cpu)));
  const outcomes = each.map((own) => ({ outcome: evaluate(condition, own), faults: faultsOf(condition, state, own) }));
  const wanted = subject.kind === 'arch-feature' ? outcomes.find(({ outcome }) => !outcome.held) : outcomes.find(({ outcome }) => outcome.held);
  return wanted ?? outcomes[0];
}

function fieldNeeds(needs: readonly Need[], faults: readonly Need[], present: boolean): readonly FieldNeed[] {
  const atFault = new Set(faults.map((fault) => JSON.stringify(fault)));
  return needs.flatMap((need) =>
    need.kind === 'field' ? [{ condition: need.condition, wanted: need.wanted, atFault: !present && atFault.has(JSON.stringify(need)) }] : [],
  );
}

/** How many comparisons are shown one by one. */
const SHOWN_FIELDS = 8;

function byPlace(needs: readonly FieldNeed[], subject: WhySubject, trace: Trace): readonly Station[] {
  const shown = [...needs.filter(({ atFault }) => atFault), ...needs.filter(({ atFault }) => !atFault)].slice(0, SHOWN_FIELDS);
  const tracks = needs.filter((need) => shown.includes(need)).map((need) => fieldStations(need, trace));
  const places = subject.kind === 'cpucap' ? (['silicon', 'hypervisor', 'override', 'sanitise'] as const) : (['silicon', 'hypervisor', 'override', 'sanitise', 'visibility', 'erratum'] as const);
  return places.flatMap((place) => tracks.flatMap((track) => track[place].map((station) => ({ ...station, fate: fateFor(subject, station) }))));
}

/**
 * Whether a station decided anything for a kind of subject. An architecture feature is judged by the registers of each CPU, before the
 * kernel; only hwcaps need that EL0 sees a field.
 */
function fateFor({ kind }: WhySubject, { place, fate }: Station): Fate {
  if (kind === 'arch-feature') return place === 'silicon' ? (fate === 'partly' ? 'lost' : fate) : fate === 'lost' && place !== 'hypervisor' ? 'noted' : fate;
  return kind !== 'hwcap' && fate === 'lost' && (place === 'visibility' || place === 'erratum') ? 'noted' : fate;
}

function conditionStation(subject: WhySubject, basis: Basis, judged: Judged | undefined, present: boolean, trace: Trace, lostBefore: boolean): readonly Station[] {
  const { source } = basis;
  if (subject.kind === 'hwcap' && basis.condition === undefined) {
    const entry = findHwcap(subject.name);
    const reason = entry !== undefined && 'reason' in entry ? entry.reason : '';
    const words = subject.name === 'evtstrm' ? parseCmdline(trace.scenario.kernel.cmdline ?? '').words.filter((word) => word.includes('evtstrm')) : [];
    return [{ place: 'kernel', fate: present ? 'passed' : lostBefore ? 'noted' : 'lost', reason, words, source }];
  }
  if (judged === undefined) return present || lostBefore ? [] : [{ place: 'kernel', fate: 'lost', reason: 'no ID register tells', words: [], source }];
  const fate = present ? 'passed' : lostBefore ? 'noted' : 'lost';
  const cpus = subject.kind === 'cpucap' ? { cpus: matchingCpus(subject.name, trace) } : {};
  return [{ place: 'condition', fate, outcome: judged.outcome, ...cpus, source }];
}

function views(name: string, trace: Trace): Station {
  const hwcaps = (findArchFeature(name)?.linuxHwcaps ?? []).map((hwcap) => ({ name: hwcap, set: trace.system.hwcaps.names.includes(hwcap) }));
  return { place: 'views', fate: 'noted', el0: isSeenAtEl0(name, trace.system), hwcaps, source: `${CPUFEATURE}#do_emulate_mrs` };
}

function allNeeds(subject: WhySubject, { condition, options }: Basis, scenario: Scenario): readonly Need[] {
  const identification = subject.kind === 'arch-feature' ? findArchFeature(subject.name)?.identification : undefined;
  if (identification !== undefined) return identificationNeeds(identification);
  return [...options, ...(condition === undefined ? [] : needsOf(condition, kernelAt(scenario.kernel)))];
}

function isMet(need: Need, scenario: Scenario): boolean {
  return need.kind !== 'option' || (kernelAt(scenario.kernel).option(need.option) === 'y') === need.wanted;
}

/** Follows the bit of a subject through a scenario. */
export function followBit(subject: WhySubject, scenario: Scenario): Findings {
  const basis = basisOf(subject, scenario);
  const { judged, ...trace } = traceBoot(scenario, (state) => judge(basis, subject, state));
  const present = isPresent(subject, trace.system);
  const needs = allNeeds(subject, basis, scenario);
  const faults = present ? [] : [...(judged?.faults ?? []), ...basis.options.filter((need) => !isMet(need, scenario))];
  const names = [subject.name, ...needs.flatMap((need) => (need.kind === 'field' ? [need.condition.field] : need.kind === 'cpucap' ? [need.name] : []))];
  const before: readonly Station[] = [
    ...byPlace(fieldNeeds(needs, judged === undefined ? needs : faults, present), subject, trace),
    ...(subject.kind === 'arch-feature' ? [] : configuration(needs, faults, trace)),
    ...(subject.kind === 'arch-feature' ? [] : [release(basis.row, names, present, trace, basis.source)]),
  ];
  const stopped = cpus(trace);
  const lostBefore = [...before, ...stopped].some(({ fate }) => fate === 'lost');
  const chain = [
    ...before,
    ...conditionStation(subject, basis, judged, present, trace, lostBefore),
    ...(subject.kind === 'arch-feature' ? [views(subject.name, trace)] : []),
    ...stopped,
  ];
  return { present, chain, trace, needs, faults, rows: basis.row === undefined ? [] : [basis.row] };
}
