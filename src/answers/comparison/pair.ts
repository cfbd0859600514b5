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
  const changes = takenOver(candidate, a, b).flatMap(({ side, parts }) => {
    const system = bootParts(parts);
    return system === undefined ? [] : [[own[side], effectsOf(system)] as const];
  });
  return new Map([...left].filter(([key]) => changes.some(([before, after]) => hasEffect(before, key) === !hasEffect(after, key))));
}

/** Whether a cause is a difference by itself, even if nothing follows: of the machines it is, of what they are booted with it is not. */
function isOfMachine({ kind }: DifferenceCause): boolean {
  return kind === 'field' || kind === 'cores';
}

/**
 * Explains in what two systems differ. Each name stands under the first cause that decides it by itself: one side is booted again with
 * this cause alone as on the other side, and the name comes or goes. A system with itself gives nothing; swapping the sides changes
 * only the order of names.
 */
export function explainPair(a: Subject, b: Subject): readonly PairCause[] {
  const own = { a: effectsOf(a.system), b: effectsOf(b.system) };
  const left = new Map(differing(own.a, own.b));
  const causes: PairCause[] = [];
  for (const candidate of candidatesOf(a, b)) {
    const decided = left.size === 0 ? left : decidedBy(candidate, left, a, b, own);
    const effects = [...decided.values()];
    for (const key of [...decided.keys()]) left.delete(key);
    if (isOfMachine(candidate.cause) || effects.length > 0) causes.push({ cause: candidate.cause, effects });
  }
  return left.size === 0 ? causes : [...causes, { cause: { kind: 'together' }, effects: [...left.values()] }];
}
