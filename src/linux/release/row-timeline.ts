import { given } from '../../given.ts';
import { MAINLINE_RELEASES, NEWEST_RELEASE } from './known-trees.ts';
import { allPoints } from './points.ts';
import { compareMainline, parseRelease } from './release.ts';
import type { Condition, Gate, Timed } from './rows.ts';
import { hasRow, stateAt } from './timeline.ts';

/** An update of a series that brought a row or took it away. */
export interface SeriesUpdate {
  /** The first release of the series that is known to have it so. */
  readonly since: string;
  /** The last one known not to; absent: it may have come at any point before `since`. */
  readonly notIn?: string;
  readonly present: boolean;
}

/** How a row of the kernel's tables (a hwcap, a cpucap, an erratum) stands in one series of releases. */
export interface SeriesState {
  /** A mainline series such as `4.14`, or `rhel8`. */
  readonly series: string;
  /** Where the series begins. `unknown`: it came or went between two releases that were read, and the series lies between them. */
  readonly atFirst: 'present' | 'absent' | 'unknown';
  /** What the updates of the series changed, oldest first. */
  readonly updates: readonly SeriesUpdate[];
}

/** What a row asks for from a mainline release on. */
export interface RuleSpan {
  readonly since: string;
  /** The last mainline release known to have it otherwise, where those between are not known. */
  readonly notIn?: string;
  readonly when: Condition;
  /** The options without which the row is not compiled. */
  readonly config?: Gate;
}

/** A row of a table whose condition may change over releases. */
export type RuleRow = Timed<{ readonly when: Condition; readonly config?: Gate }>;

function isBetween(series: string, after: string | undefined, before: string | undefined): boolean {
  if (after === undefined || before === undefined) return false;
  const release = parseRelease(series);
  return compareMainline(release, parseRelease(after)) > 0 && compareMainline(release, parseRelease(before)) < 0;
}

function stateOfSeries(row: Timed<object>, series: string): SeriesState {
  const first = series === 'rhel8' ? '4.18' : series;
  const isUnknown = isBetween(first, row.notIn, row.since) || isBetween(first, row.untilNotIn, row.until);
  let present = hasRow(row, first);
  const atFirst = isUnknown ? 'unknown' : present ? 'present' : 'absent';
  const updates = (row.backports ?? []).flatMap((step): readonly SeriesUpdate[] => {
    if (step.series !== series) return [];
    const now = hasRow(row, step.since);
    if (now === present && !isUnknown) return [];
    present = now;
    return [{ since: step.since, ...given({ notIn: step.notIn }), present }];
  });
  return { series, atFirst, updates };
}

let allSeries: readonly string[] | undefined;

/** Every series of releases that is known: mainline's from 4.4 on, each vendor's behind the one that it grew from. */
export function knownSeries(): readonly string[] {
  allSeries ??= [...new Set(allPoints().map(({ release }) => release.series))];
  return allSeries;
}

/**
 * How a row stands in every series, oldest first: the timeline of a hwcap or cpucap, backports included.
 *
 * @example
 * ```js
 * rowTimeline({ since: '4.17' }).find(({ series }) => series === '4.16').atFirst // → 'absent'
 * ```
 */
export function rowTimeline(row: Timed<object>): readonly SeriesState[] {
  return knownSeries().map((series) => stateOfSeries(row, series));
}

/** What the newest release that has a row says of it: of mainline, else of the last series that took it. */
export function newestState<S extends object>(row: Timed<S>, timeline: readonly SeriesState[] = rowTimeline(row)): S | undefined {
  const mainline = timeline.findLast(({ series, atFirst }) => atFirst === 'present' && MAINLINE_RELEASES.includes(series))?.series;
  const update = timeline.flatMap(({ updates }) => updates.filter(({ present }) => present)).at(-1)?.since;
  return stateAt(row, parseRelease(mainline ?? update ?? NEWEST_RELEASE));
}

/**
 * What a row asked for over time, oldest first; a mainline release that changed neither condition nor option is left out.
 *
 * @example
 * ```js
 * ruleSpans({ since: '4.17', when: { field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 } }).length // → 1
 * ```
 */
export function ruleSpans(row: RuleRow): readonly RuleSpan[] {
  const steps = [row, ...(row.changes ?? [])];
  const spans: RuleSpan[] = [];
  for (const { since, notIn } of steps) {
    const state = since === undefined ? undefined : stateAt<{ when: Condition; config?: Gate }>(row, parseRelease(since));
    if (since === undefined || state?.when === undefined) continue;
    const { when, config } = state;
    const before = spans.at(-1);
    if (before !== undefined && JSON.stringify([before.when, before.config]) === JSON.stringify([when, config])) continue;
    spans.push({ since, ...given({ notIn }), when, ...given({ config }) });
  }
  return spans;
}
