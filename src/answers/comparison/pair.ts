import { findArchFeatureRule, type IdentificationLeaf } from '../../arch/arch-feature-rule.ts';
import type { RegisterDescriptor } from '../../arch/register.ts';
import { hwcapRow } from '../../linux/release/history.ts';
import type { ConditionLeaf } from '../../linux/release/rows.ts';
import type { System } from '../../linux/system.ts';
import { leavesOf } from '../../logic/tree.ts';
import type { Subject } from '../subject.ts';
import { type Candidate, candidatesOf, type DifferenceCause, takenOver } from './causes.ts';
import { type Effect, type Effects, effectsOf, hasEffect } from './effects.ts';
import { bootParts } from './subject-parts.ts';

/** A cause by which two systems differ, and the names that it brings to one of them. */
export interface PairCause {
  readonly cause: DifferenceCause;
  readonly effects: readonly Effect[];
}

/** The names that one of two systems has and the other has not: those of the first, then those of the second. */
function differing(a: Effects, b: Effects): ReadonlyMap<string, Effect> {
  const only = (one: Effects, other: Effects): readonly (readonly [string, Effect])[] =>
    [...one.certain].filter(([key]) => hasEffect(other, key) === false);
  return new Map([...only(a, b), ...only(b, a)]);
}

/** Of the names that are not yet explained: those that a candidate decides by itself, on the one side or the other. */
function decidedBy(
  candidate: Candidate,
  left: ReadonlyMap<string, Effect>,
  a: Subject,
  b: Subject,
  own: Readonly<Record<'a' | 'b', Effects>>,
): ReadonlyMap<string, Effect> {
  const kinds = [...new Set([...left.values()].map(({ kind }) => kind))];
  // What is not known of the other system neither came nor went.
  const changes = (before: Effects, after: Effects, key: string): boolean => {
    const now = hasEffect(after, key);
    return now !== undefined && hasEffect(before, key) === !now;
  };
  const decided = new Set<string>();
  for (const { side, parts } of takenOver(candidate, a, b)) {
    // Of a single system that may come about both questions are the same.
    const known = new Map<System, readonly string[]>();
    const changed = (system: System): readonly string[] => {
      const before = known.get(system);
      if (before !== undefined) return before;
      const after = effectsOf(system, kinds);
      const keys = [...left.keys()].filter((key) => changes(own[side], after, key));
      known.set(system, keys);
      return keys;
    };
    const system = bootParts(parts, (one) => changed(one).length > 0);
    for (const key of system === undefined ? [] : changed(system)) decided.add(key);
  }
  return new Map([...left].filter(([key]) => decided.has(key)));
}

/** The fields that the name itself is a statement about; empty where it stands for none. */
function fieldsNamedBy({ kind, name }: Effect): readonly string[] {
  if (kind === 'archFeatures') return identificationFields(name);
  const when = kind === 'hwcaps' ? hwcapRow(name)?.when : undefined;
  return when === undefined ? [] : leavesOf<ConditionLeaf>(when).flatMap(({ leaf }) => ('field' in leaf ? [leaf.field] : []));
}

/** The fields that a feature's own identification compares, without those of the features that it refers to. */
function identificationFields(name: string): readonly string[] {
  const identification = findArchFeatureRule(name)?.identification;
  if (identification === undefined) return [];
  return leavesOf<IdentificationLeaf>(identification).flatMap(({ leaf }) => ('field' in leaf ? [leaf.field] : []));
}

/** Whether a name stands rather under a field of its own that differs, too: SVE2 under SVEver, though without SVE there is none. */
function isForAnother(effect: Effect, { cause, maySame }: Candidate, candidates: readonly Candidate[]): boolean {
  const own = fieldsNamedBy(effect);
  const isOwn = (one: DifferenceCause): boolean => one.kind === 'field' && own.includes(one.path);
  return cause.kind === 'field' && !isOwn(cause) && candidates.some((one) => (maySame || !one.maySame) && isOwn(one.cause));
}

/** Whether a cause is a difference by itself, even if nothing follows: of the machines it is, of what they are booted with it is not. */
function isOfMachine({ kind }: DifferenceCause): boolean {
  return kind === 'field' || kind === 'cores';
}

/**
 * Explains in what two systems differ. Each name stands under a cause that decides it by itself: one side is booted again with
 * this cause alone as on the other side, and the name comes or goes. Of several it is the one that the name is about, else the first. A
 * system with itself gives nothing; swapping the sides changes only the order of names.
 *
 * @param registers - Those whose fields are compared.
 */
export function explainPair(registers: readonly RegisterDescriptor[], a: Subject, b: Subject): readonly PairCause[] {
  const own = { a: effectsOf(a.system), b: effectsOf(b.system) };
  const effects = differing(own.a, own.b);
  const candidates = candidatesOf(registers, a, b);
  /** The cause of each name; what may yet find one that it is about is still open. */
  const causeOf = new Map<string, Candidate>();
  const open = new Map(effects);
  // What may differ counts where nothing that does explains a name.
  for (const candidate of [...candidates.filter(({ maySame }) => !maySame), ...candidates.filter(({ maySame }) => maySame)]) {
    if (open.size === 0) break;
    for (const [key, effect] of decidedBy(candidate, open, a, b, own)) {
      const isOther = isForAnother(effect, candidate, candidates);
      if (!(isOther && causeOf.has(key))) causeOf.set(key, candidate);
      if (!isOther) open.delete(key);
    }
  }
  const under = (candidate: Candidate | undefined): readonly Effect[] =>
    [...effects].flatMap(([key, effect]) => (causeOf.get(key) === candidate ? [effect] : []));
  const together = under(undefined);
  const causes = candidates.map((candidate): PairCause => ({ cause: candidate.cause, effects: under(candidate) }));
  return [
    ...causes.filter(({ cause, effects: own }) => isOfMachine(cause) || own.length > 0),
    ...(together.length === 0 ? [] : [{ cause: { kind: 'together' } as const, effects: together }]),
  ];
}
