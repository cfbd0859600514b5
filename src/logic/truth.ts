/**
 * Three values, and trees that are judged by them: what every rule of the project is written in.
 *
 * A rule is a tree of all, any and not over leaves (`tree.ts`); what the leaves are is the matter of whoever states the rule. Judged, it
 * holds, does not hold, or it is not known whether it holds (this file); `judge.ts` puts the two together and says what is to blame.
 *
 * @module
 */

/** Yes, no, or `undefined`: not known. Only `=== true` and `=== false` ask for certainty; `!truth` takes the unknown for a no. */
export type Truth = boolean | undefined;

/** Whether all hold: no as soon as one does not, not known if that hangs on one that is not known. None at all: yes. */
export function allOf(truths: readonly boolean[]): boolean;
export function allOf(truths: readonly Truth[]): Truth;
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** Whether any holds: yes as soon as one does, not known if that hangs on one that is not known. None at all: no. */
export function anyOf(truths: readonly boolean[]): boolean;
export function anyOf(truths: readonly Truth[]): Truth;
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

/** The opposite; of what is not known, not known. */
export function negate(truth: boolean): boolean;
export function negate(truth: Truth): Truth;
export function negate(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** What several cases agree in, of which one is so and it is not known which. No case at all: not known. */
export function agreed(truths: Iterable<Truth>): Truth {
  const found = new Set(truths);
  return found.size === 1 ? [...found][0] : undefined;
}
