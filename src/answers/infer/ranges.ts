import { given } from '../../given.ts';
import { MAINLINE_RELEASES, seriesTitle } from '../../linux/release/known-trees.ts';
import { allPoints, type Point } from '../../linux/release/points.ts';

/** Releases that follow each other, of mainline or within one series. */
export interface ReleaseRange {
  /** A series (`4.11`: from its first release) or a release. */
  readonly from: string;
  readonly to: string;
  /** The first release known not to belong to it any more, if `to` is not the end of its series: what lies between is not known. */
  readonly before?: string;
  /** The last release known not to belong to it yet, if `from` is not the beginning of its series. */
  readonly after?: string;
}

interface Stretch {
  readonly from: Point;
  readonly to: Point;
  /** Whether it takes a whole series. */
  readonly whole: boolean;
  readonly before?: Point;
  readonly after?: Point;
}

function stretchesOf(series: readonly Point[], taken: ReadonlySet<Point>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  for (const [i, point] of series.entries()) {
    if (!taken.has(point)) {
      start = i + 1;
      continue;
    }
    const next = series[i + 1];
    if (next !== undefined && taken.has(next)) continue;
    const after = series[start - 1];
    stretches.push({
      from: series[start]!,
      to: point,
      whole: start === 0 && next === undefined,
      ...given({ before: next, after }),
    });
  }
  return stretches;
}

function isVendor(series: string): boolean {
  return !MAINLINE_RELEASES.includes(series);
}

/** A series by its name; one that is none of mainline's says so. */
function nameOf({ release, certain }: Point, whole: boolean): string {
  if (isVendor(release.series)) return `${seriesTitle(release.series)}${whole ? '' : ` ${release.text}`}`;
  return whole || !certain ? release.series : release.text;
}

/** Puts releases together that follow each other. */
export function rangesOf(taken: ReadonlySet<Point>): readonly ReleaseRange[] {
  const bySeries = new Map<string, Point[]>();
  for (const point of allPoints()) bySeries.set(point.release.series, [...(bySeries.get(point.release.series) ?? []), point]);
  const ranges: ReleaseRange[] = [];
  let open: { from: string; to: string; after?: string } | undefined;
  const close = (): void => {
    if (open) ranges.push(open);
    open = undefined;
  };
  for (const [series, points] of bySeries) {
    const vendor = isVendor(series);
    const stretches = stretchesOf(points, taken);
    if (stretches.length === 0 && !vendor) close();
    for (const { from, to, whole, before, after } of stretches) {
      const range = { from: nameOf(from, whole), to: nameOf(to, whole) };
      if (vendor) {
        ranges.push({ ...range, ...(before ? { before: before.release.text } : {}), ...(after ? { after: after.release.text } : {}) });
        continue;
      }
      // The first release of a series continues the series before, the last one is continued by the next.
      if (after !== undefined) close();
      // Updates branch off where mainline goes on.
      const second = points[points.indexOf(from) + 1];
      if (open !== undefined && before !== undefined && from !== to && second !== undefined) {
        ranges.push({ ...open, to: nameOf(from, whole) }, { from: nameOf(second, whole), to: range.to, before: before.release.text });
        open = undefined;
        continue;
      }
      open = open === undefined ? { ...range, ...(after ? { after: after.release.text } : {}) } : { ...open, to: range.to };
      if (before !== undefined) {
        ranges.push({ ...open, before: before.release.text });
        open = undefined;
      }
    }
  }
  close();
  return ranges;
}
