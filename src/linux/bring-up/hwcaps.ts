import { ArmlensError } from '../../errors.ts';
import type { Truth } from '../../logic/truth.ts';
import { didYouMean } from '../../nearest.ts';
import type { HwcapRule, KernelModel } from '../release/kernel-at.ts';
import type { HwcapVector } from '../release/rows.ts';
import type { HwcapSet } from '../system.ts';
import type { BootState } from './boot-state.ts';
import { evaluate, type Facts, type Outcome, readyRules } from './evaluate.ts';

/** A hwcap that the kernel sets by itself, from no ID register. */
export interface OwnHwcap {
  readonly name: 'evtstrm' | 'cpuid';
  /** Its bit in AT_HWCAP. */
  readonly bit: number;
}

/** HWCAP_EVTSTRM and HWCAP_CPUID. */
export const OWN_HWCAPS: readonly OwnHwcap[] = [
  { name: 'evtstrm', bit: 2 },
  { name: 'cpuid', bit: 11 },
];
const COMPAT_EVTSTRM_BIT = 21;

const WORD_OF: Readonly<Record<HwcapVector, number>> = { AT_HWCAP: 0, AT_HWCAP2: 1, AT_HWCAP3: 2 };

/** One hwcap's outcome. */
export interface HwcapOutcome {
  readonly name: string;
  /** Whether the kernel advertises it. */
  readonly holds: boolean;
  readonly outcome: Outcome;
}

/** Judges every hwcap of a kernel, in the order of its table. */
export function hwcapOutcomes(rules: readonly HwcapRule[], facts: Facts): readonly HwcapOutcome[] {
  return rules.map(({ name, when }) => {
    const outcome = evaluate(when, facts);
    return { name, holds: outcome.held, outcome };
  });
}

/**
 * Judges one hwcap.
 *
 * @throws {ArmlensError} `unknown-name` if this kernel has no such hwcap in its table.
 */
export function explainHwcap(name: string, rules: readonly HwcapRule[], facts: Facts): HwcapOutcome {
  const rule = rules.find((candidate) => candidate.name === name);
  if (!rule) {
    const names = rules.map((candidate) => candidate.name);
    throw new ArmlensError('unknown-name', `this kernel has no hwcap ${JSON.stringify(name)} in its table${didYouMean(name, names)}`);
  }
  return hwcapOutcomes([rule], facts)[0]!;
}

/** The place of a hwcap over all words: 64 a word. */
function placeOf({ vector = 'AT_HWCAP', bit }: { readonly vector?: HwcapVector; readonly bit: number }): number {
  return WORD_OF[vector] * 64 + bit;
}

const printOrders = new WeakMap<readonly HwcapRule[], readonly { readonly name: string; readonly place: number }[]>();

/** The hwcaps of a kernel, its own and those of its table, in the order in which /proc/cpuinfo prints them. */
function inPrintOrder(table: readonly HwcapRule[]): readonly { readonly name: string; readonly place: number }[] {
  let order = printOrders.get(table);
  if (order === undefined) {
    const all = [...table, ...OWN_HWCAPS].map((hwcap) => ({ name: hwcap.name, place: placeOf(hwcap) }));
    order = all.sort((a, b) => a.place - b.place);
    printOrders.set(table, order);
  }
  return order;
}

/** Puts together what is held, place by place: the words, and the names in the order in which /proc/cpuinfo prints them. */
function hwcapSet(held: Uint8Array, { hwcaps, hwcapWords }: KernelModel): HwcapSet {
  const names: string[] = [];
  const halves = new Uint32Array(hwcapWords * 2);
  for (const { name, place } of inPrintOrder(hwcaps)) {
    if (held[place] === 0) continue;
    names.push(name);
    halves[place >> 5]! |= 1 << (place & 31);
  }
  const words = Array.from({ length: hwcapWords }, (_, i) => (BigInt(halves[2 * i + 1]!) << 32n) | BigInt(halves[2 * i]!));
  return { words, names };
}

/** What conditions see when they judge hwcaps: the system, with the visibility that the release asks for. */
export function factsOfHwcaps(state: BootState): Facts {
  return state.model.behaviour['hwcap-needs-visible-field'] ? state.visible : state.system;
}

/** What {@link hasEventStream} asks of a boot. */
type EventStreamSituation = Pick<BootState, 'model' | 'parameters' | 'environment'>;

/** Whether the arch timer's event stream runs: the option, or the command line where it can say so, and a timer that offers it. */
function hasEventStream({ model, parameters, environment }: EventStreamSituation): boolean {
  if (environment.eventStream === false) return false;
  return parameters.eventStream ?? model.option('CONFIG_ARM_ARCH_TIMER_EVTSTREAM') === 'y';
}

/** The hwcaps that the kernel sets by itself. */
export function ownHwcaps(situation: EventStreamSituation): readonly OwnHwcap[] {
  const holds = { evtstrm: hasEventStream(situation), cpuid: situation.model.behaviour['cpuid-hwcap'] };
  return OWN_HWCAPS.filter(({ name }) => holds[name]);
}

/** The bits of the AArch32 words that hold without a test: the kernel's constant, and what the event stream adds. */
export function compatConstant(situation: EventStreamSituation): bigint {
  return situation.model.compatDefault | (hasEventStream(situation) ? 1n << BigInt(COMPAT_EVTSTRM_BIT) : 0n);
}

/** The hwcaps of a system: those that are certain, and the names of those of which that is not known. */
export interface DerivedHwcaps {
  readonly certain: HwcapSet;
  readonly open: readonly string[];
}

/** What is certain if one of two holds: what both say. */
export function joinHwcaps(a: DerivedHwcaps, b: DerivedHwcaps): DerivedHwcaps {
  const names = a.certain.names.filter((name) => b.certain.names.includes(name));
  const words = a.certain.words.map((word, i) => word & (b.certain.words[i] ?? 0n));
  const all = [...a.certain.names, ...b.certain.names, ...a.open, ...b.open];
  return { certain: { words, names }, open: [...new Set(all)].filter((name) => !names.includes(name)) };
}

/**
 * The hwcaps that programs see.
 *
 * @param printed - Whether a Features line was seen to have a hwcap; it settles what does not follow otherwise.
 */
export function deriveHwcaps(state: BootState, printed: (name: string) => Truth = () => undefined): DerivedHwcaps {
  const { model } = state;
  const facts = factsOfHwcaps(state);
  const held = new Uint8Array(model.hwcapWords * 64);
  const open: string[] = [];
  for (const { rule, judge } of readyRules(model.hwcaps)) {
    const verdict = judge(facts) ?? printed(rule.name);
    if (verdict) held[placeOf(rule)] = 1;
    else if (verdict === undefined) open.push(rule.name);
  }
  const own = ownHwcaps(state);
  for (const hwcap of OWN_HWCAPS) if (printed(hwcap.name) ?? own.includes(hwcap)) held[placeOf(hwcap)] = 1;
  return { certain: hwcapSet(held, model), open };
}

/**
 * Whether the kernel takes all its CPUs for such that run AArch32 programs when it settles the hwcaps: by the capability, or, where
 * CPUs may differ in that, by the sanitised field.
 */
export function runsAArch32(state: BootState): Truth {
  const { behaviour } = state.model;
  if (!behaviour['compat-needs-32bit-el0']) return true;
  if (behaviour['mismatched-32bit-el0']) return state.ask(() => state.sanitisedField('ID_AA64PFR0_EL1', 0) === 2);
  return state.capabilities.verdict('HAS_32BIT_EL0');
}

/**
 * The hwcaps that AArch32 programs see: a constant, what the table adds, less what errata take. On a system that cannot run such
 * programs only the constant is left, which nobody can read.
 *
 * @param runs - Whether the kernel goes through the table at all.
 */
export function deriveCompatHwcaps(state: BootState, runs: Truth): DerivedHwcaps {
  const { model } = state;
  if (model.option('CONFIG_COMPAT') !== 'y') return { certain: { words: [], names: [] }, open: [] };
  const words = [compatConstant(state), 0n];
  const open = [0n, 0n];
  if (runs !== false) {
    const facts = factsOfHwcaps(state);
    for (const { rule, judge } of readyRules(model.compatHwcaps)) {
      const verdict = judge(facts);
      if (verdict === false) continue;
      const bits = verdict && runs ? words : open;
      bits[WORD_OF[rule.vector]]! |= 1n << BigInt(rule.bit);
    }
    clearByErrata(state, words, open);
  }
  const certain = { words, names: compatNames(words, model.compatNames) };
  return { certain, open: compatNames([open[0]! & ~words[0]!, open[1]! & ~words[1]!], model.compatNames) };
}

/** Takes away what errata clear. */
function clearByErrata({ model, capabilities }: BootState, words: bigint[], open: bigint[]): void {
  for (const { name, clearsCompat } of model.clearing) {
    const verdict = capabilities.verdict(name);
    if (verdict === false) continue;
    const rule = model.compatHwcaps.find((hwcap) => hwcap.name === clearsCompat && hwcap.vector === 'AT_HWCAP2');
    if (!rule) continue;
    const bit = 1n << BigInt(rule.bit);
    if (verdict === undefined) open[1]! |= words[1]! & bit;
    else open[1]! &= ~bit;
    words[1]! &= ~bit;
  }
}

function compatNames(words: readonly bigint[], names: KernelModel['compatNames']): readonly string[] {
  const numbers = words.map(Number);
  return names.filter(({ word, bit }) => ((numbers[word]! >>> bit) & 1) === 1).map(({ name }) => name);
}
