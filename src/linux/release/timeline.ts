import { given } from '../../given.ts';
import type { Doubt } from '../system.ts';
import { compareMainline, parseRelease, type Release, updateName } from './release.ts';
import type { Backport, Timed } from './rows.ts';

const parsed = new Map<string, Release>();

/** A release of spec-data, parsed once. */
export function dataRelease(text: string): Release {
  let release = parsed.get(text);
  if (!release) {
    release = parseRelease(text);
    parsed.set(text, release);
  }
  return release;
}

interface Step {
  readonly since?: string;
  readonly notIn?: string;
  readonly gone?: true;
}

/** What a step says of a row, without when it says so. */
function bare(step: object): Record<string, unknown> {
  const { since, notIn, until, untilNotIn, changes, backports, series, as, gone, ...state } = step as Record<string, unknown>;
  return state;
}

/** Applies a step's differences to a state. */
function applied<S extends object>(state: S | undefined, step: object): S {
  const own = bare(step);
  const next: Record<string, unknown> = state === undefined ? own : { ...state, ...own };
  for (const key in own) if (own[key] === null) delete next[key];
  return next as S;
}

/** The steps that mainline took: the row's beginning, its changes, its end. */
function mainlineSteps<S>(row: Timed<S>): readonly Step[] {
  const steps: Step[] = row.since === undefined ? [] : [row as Step];
  if (row.changes !== undefined) steps.push(...row.changes);
  if (row.until !== undefined) steps.push({ since: row.until, ...given({ notIn: row.untilNotIn }), gone: true });
  return steps;
}

/** Whether a step holds at a release: not before its mainline release, nor in a candidate known to lack it. */
function reached(step: Step, release: Release): boolean {
  const since = dataRelease(step.since!);
  if (compareMainline(release, since) < 0) return false;
  if (step.notIn === undefined) return true;
  const notIn = dataRelease(step.notIn);
  return compareMainline(release, notIn) > 0 || release.sublevel === undefined || release.sublevel > notIn.sublevel!;
}

/** @param last - What the row said at the release that was asked last: a row that came once and stayed, as most, says it again. */
function mainlineState<S extends object>(row: Timed<S>, release: Release, flips = false, last?: S): S | undefined {
  if (row.changes === undefined && row.until === undefined && !flips)
    return row.since !== undefined && reached(row as Step, release) ? (last ?? applied<S>(undefined, row)) : undefined;
  let state: S | undefined;
  for (const step of mainlineSteps(row)) {
    if (!reached(step, release) && !(flips && inGap(step, release))) break;
    state = step.gone ? undefined : applied(state, step);
  }
  return state;
}

/** What each row said at the release that was asked last: one release is asked for many kernels, with other options or other rows turned. */
const states = new WeakMap<object, { readonly at: Release; readonly state: object | undefined }>();

/**
 * What a row says at a release: mainline's state, then what the release's own series has otherwise. A row whose exact beginning is
 * not known begins at the first release known to have it; {@link doubtsAt} tells.
 *
 * @returns `undefined` if the release does not have the row.
 */
export function stateAt<S extends object>(row: Timed<S>, release: Release): S | undefined {
  if (release.flipped?.has(row)) return stateFrom(row, release, true);
  const kept = states.get(row);
  if (kept !== undefined && isSame(kept.at, release)) return kept.state as S | undefined;
  const state = stateFrom(row, release, false, row.backports === undefined ? (kept?.state as S | undefined) : undefined);
  states.set(row, { at: release, state });
  return state;
}

/** Whether a release has a row. */
export function hasRow(row: Timed<object>, release: string): boolean {
  return stateAt(row, dataRelease(release)) !== undefined;
}

/** Whether two releases are one to rows of which none is turned. */
function isSame(a: Release, b: Release): boolean {
  return a.series === b.series && a.sublevel === b.sublevel;
}

function stateFrom<S extends object>(row: Timed<S>, release: Release, flips: boolean, last?: S): S | undefined {
  let state = mainlineState(row, release, flips, last);
  const own = ownSteps(row, release);
  if (flips && own.length === 0) {
    const taken = takenElsewhere(row, release);
    if (taken !== undefined) state = mainlineState(row, dataRelease(taken));
  }
  for (const step of own) {
    const isReached = release.sublevel !== undefined && dataRelease(step.since).sublevel! <= release.sublevel;
    if (isReached === (flips && mayBeOtherwise(step, release))) continue;
    if (step.gone) state = undefined;
    else if (step.as !== undefined) state = mainlineState(row, dataRelease(step.as));
    else state = applied(state, step);
  }
  return state;
}

/** What the release's own series took of a row, or has otherwise. */
function ownSteps<S>(row: Timed<S>, release: Release): readonly Backport<S>[] {
  return row.backports?.filter(({ series }) => series === release.series) ?? [];
}

/** Whether it is not certain that a release of a series has what another release of it is known to have. */
function mayBeOtherwise({ notIn, since }: { readonly notIn?: string; readonly since: string }, release: Release): boolean {
  if (release.build !== undefined) return release.holds === undefined || dataRelease(since).sublevel! > release.holds;
  const sublevel = release.sublevel ?? 0;
  return (notIn === undefined || dataRelease(notIn).sublevel! < sublevel) && dataRelease(since).sublevel! > sublevel;
}

/** The mainline release as in which other series took a row, where this one may have done so too. */
function takenElsewhere<S>(row: Timed<S>, release: Release): string | undefined {
  return (row.backports ?? []).find(({ as }) => as !== undefined && compareMainline(dataRelease(as), release) > 0)?.as;
}

/** Whether a mainline step fell between two releases that were read, with this one in between. */
function inGap(step: Step, release: Release): boolean {
  if (step.notIn === undefined) return false;
  return compareMainline(release, dataRelease(step.notIn)) > 0 && compareMainline(release, dataRelease(step.since!)) < 0;
}

/** Whether there is a release at which a row's state is not certain, as {@link doubtsAt} tells. */
export function isEverInDoubt<S>(row: Timed<S>): boolean {
  if (row.notIn !== undefined || row.untilNotIn !== undefined || row.backports !== undefined) return true;
  return row.changes?.some((step) => step.notIn !== undefined) ?? false;
}

/**
 * Where a row's state at a release is not certain: the release lies between one known not to have a change and one known to have it,
 * or behind the last one read of its series, where a change that other series took may have come too. Of a distribution's build
 * everything is in doubt that its series took after the update that it is known to hold, and, if it takes more, what others took.
 */
export function doubtsAt<S>(name: string, row: Timed<S>, release: Release, lastKnown: number): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const doubt = (since: string, notIn?: string): number => doubts.push({ row: name, since, ...given({ notIn }) });
  for (const step of mainlineSteps(row)) if (inGap(step, release)) doubt(step.since!, step.notIn);
  const sublevel = release.sublevel ?? 0;
  const own = ownSteps(row, release);
  for (const step of own) if (mayBeOtherwise(step, release)) doubt(step.since, step.notIn);
  const read = Math.max(lastKnown, 0);
  if ((sublevel > read || release.takesMore) && own.length === 0) {
    const taken = takenElsewhere(row, release);
    if (taken !== undefined) doubt(taken, updateName(release.series, Math.min(read, sublevel)));
  }
  return doubts;
}
