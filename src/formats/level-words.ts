import type { MissingDemand } from '../answers/level.ts';

/** A level, and what it may be at the most. */
interface LevelBounds {
  readonly level?: string | undefined;
  readonly upTo?: string | undefined;
}

/** The level of a reading; the least that it is, where something is not known of the system. */
export function leastLevel({ level, upTo }: LevelBounds, isPartial: boolean): string {
  return level === undefined ? 'unknown' : upTo === undefined || !isPartial ? level : `at least ${level}`;
}

/** What is to be said of a demand that a level is found not to meet: it may be met, or be there and not allowed. */
export function demandNote({ state, basis }: Pick<MissingDemand, 'state' | 'basis'>): string {
  if (basis === 'removed') return ' (there, and not allowed)';
  return state === 'unknown' ? ' (not known)' : '';
}
