import { ALL_ARCH_FEATURES, implementedArchFeatures } from '../arch/arch-feature.ts';
import type { System } from '../linux/system.ts';
import { type Candidate, candidatesOf, type DifferenceCause, takenOver } from './diff/causes.ts';
import { type LevelDifference, levelDifferences } from './diff/level-differences.ts';
import { bootParts } from './diff/subject-parts.ts';
import { machineValues, type Subject } from './subject.ts';

export type { DifferenceCause, FieldDifference } from './diff/causes.ts';
export type { LevelDifference } from './diff/level-differences.ts';

/** Names that only one side has, in the order of their catalogue. */
export interface Sides {
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/** What may come of a cause: hwcaps, hwcaps of AArch32, architecture features, cpucaps. */
export type EffectKind = 'hwcaps' | 'compat' | 'archFeatures' | 'cpucaps';

/** The kinds of effects, from what programs see to what only the kernel knows. */
export const EFFECT_KINDS: readonly EffectKind[] = ['hwcaps', 'compat', 'archFeatures', 'cpucaps'];

/** A cause and its effects. */
export interface DifferenceGroup extends Readonly<Record<EffectKind, Sides>> {
  readonly cause: DifferenceCause;
}

/** In what two systems differ, from cause to effect. Nothing is listed if they do not. */
export interface SystemDifference {
  /** Those with effects first, each in the order fields, cores, options, command line, release, environment, several together. */
  readonly groups: readonly DifferenceGroup[];
  /** What all groups bring together. */
  readonly total: Readonly<Record<EffectKind, Sides>>;
  readonly levels: readonly LevelDifference[];
  readonly identical: boolean;
}

/** Names by kind, each in the order of its catalogue. */
export type EffectNames = Readonly<Record<EffectKind, readonly string[]>>;

/** The architecture features of a machine: those that every online CPU shows. */
function archFeaturesOf(system: System): readonly string[] {
  const implemented = implementedArchFeatures(machineValues(system));
  return ALL_ARCH_FEATURES.filter(({ name }) => implemented.has(name)).map(({ name }) => name);
}

/** Everything that a system has of each kind of effect. */
export function effectNames(system: System): EffectNames {
  const { hwcaps, compat, cpucaps } = system;
  return { hwcaps: hwcaps.names, compat: compat.names, archFeatures: archFeaturesOf(system), cpucaps };
}

function sides(a: readonly string[], b: readonly string[]): Sides {
  const [inA, inB] = [new Set(a), new Set(b)];
  return { onlyA: a.filter((name) => !inB.has(name)), onlyB: b.filter((name) => !inA.has(name)) };
}

function byKind(make: (kind: EffectKind) => Sides): Readonly<Record<EffectKind, Sides>> {
  return { hwcaps: make('hwcaps'), compat: make('compat'), archFeatures: make('archFeatures'), cpucaps: make('cpucaps') };
}

function isEmpty(effects: Readonly<Record<EffectKind, Sides>>): boolean {
  return EFFECT_KINDS.every((kind) => effects[kind].onlyA.length + effects[kind].onlyB.length === 0);
}

/** The names that turn on one side if it takes something over from the other side. */
function turned(own: EffectNames, changed: EffectNames): (kind: EffectKind, name: string) => boolean {
  const sets = new Map(EFFECT_KINDS.map((kind) => [kind, [new Set(own[kind]), new Set(changed[kind])] as const]));
  return (kind, name) => {
    const [before, after] = sets.get(kind)!;
    return before.has(name) !== after.has(name);
  };
}

/** Of the names that are not yet explained: those that a candidate decides by itself, on the one side or the other. */
function decidedBy(candidate: Candidate, left: Readonly<Record<EffectKind, Sides>>, a: Subject, b: Subject): DifferenceGroup {
  const tests = takenOver(candidate, a, b).flatMap(({ side, parts }) => {
    const system = bootParts(parts);
    return system === undefined ? [] : [turned(effectNames((side === 'a' ? a : b).system), effectNames(system))];
  });
  const pick = (kind: EffectKind, names: readonly string[]) => names.filter((name) => tests.some((test) => test(kind, name)));
  return {
    cause: candidate.cause,
    ...byKind((kind) => ({ onlyA: pick(kind, left[kind].onlyA), onlyB: pick(kind, left[kind].onlyB) })),
  };
}

function without(all: Sides, { onlyA, onlyB }: Sides): Sides {
  return { onlyA: all.onlyA.filter((name) => !onlyA.includes(name)), onlyB: all.onlyB.filter((name) => !onlyB.includes(name)) };
}

/** Whether a cause is a difference by itself, even if nothing follows: of the machines it is, of what they are booted with it is not. */
function isOfMachine({ kind }: DifferenceCause): boolean {
  return kind === 'field' || kind === 'cores';
}

/**
 * Compares two systems: what differs to begin with, and which hwcaps, architecture features and cpucaps each difference brings. Each
 * name stands under the first cause that decides it by itself: one side is booted again with this cause alone as on the other side,
 * and the name comes or goes. A system with itself gives nothing; swapping the sides swaps the answer.
 */
export function diffSystems(a: Subject, b: Subject): SystemDifference {
  const [ofA, ofB] = [effectNames(a.system), effectNames(b.system)];
  const total = byKind((kind) => sides(ofA[kind], ofB[kind]));
  let left = total;
  const groups: DifferenceGroup[] = [];
  const nothing = byKind(() => ({ onlyA: [], onlyB: [] }));
  for (const candidate of candidatesOf(a, b)) {
    const group = isEmpty(left) ? { cause: candidate.cause, ...nothing } : decidedBy(candidate, left, a, b);
    const before = left;
    left = byKind((kind) => without(before[kind], group[kind]));
    if (isOfMachine(candidate.cause) || !isEmpty(group)) groups.push(group);
  }
  if (!isEmpty(left)) groups.push({ cause: { kind: 'together' }, ...left });
  const ordered = [...groups.filter((group) => !isEmpty(group)), ...groups.filter(isEmpty)];
  return { groups: ordered, total, levels: levelDifferences(a.system, b.system), identical: ordered.length === 0 };
}
