import { isFieldPath, isSignedField } from '../../arch/field-bits.ts';
import { valueName, valueNames } from '../../arch/field-values.ts';
import { given } from '../../given.ts';
import { fieldPlace, isInRange } from '../../linux/bring-up/evaluate.ts';
import { EVENT_STREAM_WORD } from '../../linux/cmdline/boot-parameters.ts';
import { splitOverrideWords, splitWords } from '../../linux/cmdline/words.ts';
import { errataHiding } from '../../linux/release/history.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import { mainlineAfter } from '../../linux/release/known-trees.ts';
import type { FieldCondition } from '../../linux/release/rows.ts';
import { RULES } from '../../linux/rules/judge-rule.ts';
import type { Findings } from './chain.ts';
import { coreOf } from './cpu-groups.ts';
import { cpucapOptions, type Need } from './needs.ts';
import { aliasesAt, aliasTargets, overrideWords, type Target } from './override-words.ts';
import type { Change, Scenario } from './scenario.ts';
import { optionState } from './system-stations.ts';
import { fieldOn } from './trace.ts';
import type { WhySubject } from './why-subject.ts';

/** Words that rules heed, and those of the event stream; each is tried, and kept only if it flips the answer. */
const OTHER_WORDS: readonly string[] = [
  ...new Set([0, 1].map((on) => `${EVENT_STREAM_WORD}=${on}`).concat(Object.values(RULES).flatMap(({ cmdline = [] }) => cmdline))),
];

function fieldOf(path: string): readonly [number, number] {
  const { width } = fieldPlace(path);
  return isSignedField(path) ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
}

/** The greatest value below a threshold that has a meaning; the one just below if none has. */
function lowerValue(field: string, atLeast: number): number {
  const { width } = fieldPlace(field);
  const values = Object.keys(valueNames(field)).map(Number);
  const signed = values.map((value) => (isSignedField(field) && value >= 2 ** (width - 1) ? value - 2 ** width : value));
  return Math.max(...signed.filter((value) => value < atLeast), ...(signed.some((value) => value < atLeast) ? [] : [atLeast - 1]));
}

/** The values that make a comparison come out as asked, the least change first. */
function valuesFor({ field, atLeast, atMost }: FieldCondition, inRange: boolean, present: readonly number[]): readonly number[] {
  const [min, max] = fieldOf(field);
  const asked = inRange
    ? [Math.max(atLeast, min), ...present]
    : [lowerValue(field, atLeast), ...(atMost === undefined ? [] : [atMost + 1])];
  return [...new Set(asked)].filter((value) => value >= min && value <= max);
}

function fieldCandidates(
  need: Need & { readonly kind: 'field' },
  { present, trace: { model } }: Findings,
  { machine }: Scenario,
): readonly Change[] {
  const { condition, wanted } = need;
  if (!isFieldPath(condition.field)) return [];
  const signed = model.behaviour['signed-comparison'];
  const values = machine.cpus.map((cpu) => fieldOn(cpu, condition, signed) ?? 0);
  const asked = present ? !wanted : wanted;
  const others = new Set(values.filter((value) => isInRange(value, condition) === asked && asked));
  return valuesFor(condition, asked, [...others]).map((value) => {
    const cpus = values.flatMap((own, index) => (isInRange(own, condition) !== asked || (others.size > 1 && own !== value) ? [index] : []));
    const name = valueName(condition.field, value);
    return {
      kind: 'field',
      field: condition.field,
      cpus: cpus.length === 0 ? [...values.keys()] : cpus,
      value,
      ...given({ name }),
    };
  });
}

function optionCandidates(names: readonly string[], model: KernelModel): readonly Change[] {
  return [...new Set(names)].map((name) => {
    const { value, depends, unmet } = optionState(name, model);
    const to = value === 'y' ? 'n' : 'y';
    return {
      kind: 'config',
      option: name,
      from: value,
      to,
      ...(depends !== undefined && to === 'y' && unmet.length > 0 ? { depends } : {}),
    };
  });
}

/** The options that errata which hide a field of the answer, or the visibility of a field, depend on. */
function options({ needs, chain, trace: { model } }: Findings): readonly string[] {
  const own = needs.flatMap((need) => (need.kind === 'option' ? [need.option] : []));
  const visible = chain.flatMap((station) => (station.place === 'visibility' && station.option !== undefined ? [station.option] : []));
  const fields = new Set(needs.flatMap((need) => (need.kind === 'field' ? [need.condition.field] : [])));
  const errata = [...fields].flatMap((field) => errataHiding(field)).flatMap(({ name }) => cpucapOptions(name, model.release));
  return [...own, ...visible, ...errata.flatMap((need) => (need.kind === 'option' ? [need.option] : []))];
}

function concerns(targets: readonly Target[], needs: readonly Need[]): boolean {
  return needs.some((need) => {
    if (need.kind !== 'field') return false;
    const { register, lsb, width } = fieldPlace(need.condition.field);
    return targets.some((target) => target.register === register && target.lsb <= lsb + width - 1 && target.msb >= lsb);
  });
}

/** The most words of a command line that are tried one by one. */
const TRIED_WORDS = 40;

function cmdlineCandidates({ needs, present, trace: { model } }: Findings, { kernel }: Scenario): readonly Change[] {
  const words = splitWords(kernel.cmdline ?? '');
  const dropped = words.slice(0, TRIED_WORDS).map((drop): Change => ({ kind: 'cmdline', drop }));
  const replaced = overrideWords(splitOverrideWords(kernel.cmdline ?? ''), model).flatMap(({ word, unread, targets }): Change[] =>
    unread?.meant !== undefined && concerns(targets, needs) ? [{ kind: 'cmdline', drop: word, add: unread.meant }] : [],
  );
  const aliases =
    present || needs.some((need) => !need.kind.startsWith('option'))
      ? aliasesAt(model).filter((alias) => concerns(aliasTargets(alias, model), needs))
      : [];
  const added = [...aliases, ...OTHER_WORDS].filter((word) => !words.includes(word)).map((add): Change => ({ kind: 'cmdline', add }));
  return [...replaced, ...dropped, ...added];
}

/** How many refused CPUs are left out one by one. */
const TRIED_CPUS = 4;

/** The machine without the CPUs of one core, for each core; the field's value tells CPUs of one core apart. */
function cpuCandidates({ chain }: Findings, { machine }: Scenario): readonly Change[] {
  const groups = new Map<string, readonly number[]>();
  for (const index of machine.cpus.keys()) {
    const key = `${coreOf(machine, index).midr}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  const lists = [...groups.values()];
  for (const station of chain) {
    if (station.place === 'silicon') lists.push(...station.groups.filter(({ enough }) => !enough).map(({ cpus }) => cpus));
    if (station.place === 'cpus')
      lists.push(
        station.refused.map(({ cpu }) => cpu),
        ...station.refused.slice(0, TRIED_CPUS).map(({ cpu }) => [cpu]),
      );
  }
  const unique = new Map(lists.filter((cpus) => cpus.length < machine.cpus.length).map((cpus) => [cpus.join(), cpus]));
  return [...unique.values()].map((cpus) => ({
    kind: 'without-cpus',
    cpus,
    ...coreOf(machine, cpus[0]!),
  }));
}

function environmentCandidates(subject: WhySubject, { environment }: Scenario): readonly Change[] {
  if (subject.kind !== 'cpucap' && subject.name !== 'evtstrm') return [];
  const bootEl = environment.bootEl === 2 ? 1 : 2;
  return [
    { kind: 'environment', set: { bootEl } },
    { kind: 'environment', set: { eventStream: environment.eventStream === false } },
    { kind: 'environment', set: { nvhe: environment.nvhe !== true } },
  ];
}

/** What a vCPU may be made with besides, and newer kernels of its host. */
function kvmCandidates({ kvm }: Scenario): readonly Change[] {
  if (kvm === undefined) return [];
  const from = kvm.kernel.release;
  return [
    ...['sve', 'pauth', 'pmu', 'mte'].map((add): Change => ({ kind: 'vcpu', add })),
    ...mainlineAfter(from).map((to): Change => ({ kind: 'host-release', from, to })),
  ];
}

/**
 * Everything that could be otherwise and might flip the answer, except other releases: first what a person can do, then other
 * machines.
 */
export function candidatesFor(subject: WhySubject, findings: Findings, scenario: Scenario): readonly Change[] {
  const { needs, faults, present } = findings;
  const fields = (present || faults.every(({ kind }) => kind !== 'field') ? needs : faults).flatMap((need) =>
    need.kind === 'field' ? fieldCandidates(need, findings, scenario) : [],
  );
  return [
    ...cmdlineCandidates(findings, scenario),
    ...kvmCandidates(scenario),
    ...scenario.layers.map(({ name }): Change => ({ kind: 'without-layer', layer: name })),
    ...optionCandidates(options(findings), findings.trace.model),
    ...cpuCandidates(findings, scenario),
    ...environmentCandidates(subject, scenario),
    ...fields,
  ];
}
