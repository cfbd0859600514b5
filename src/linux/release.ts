import { ArmlensError } from '../errors.ts';

/**
 * A point in the kernel's history: a mainline release with its stable updates (`6.12.107`), a release candidate (`6.1-rc7`), or a
 * build of a vendor series that left mainline (`4.18.0-240.el8`).
 */
export interface Release {
  /** As `X.Y`, `X.Y.Z`, `X.Y-rcN` or, for a vendor series, `X.Y.Z-BUILD`. Distribution suffixes are left out. */
  readonly text: string;
  /** The mainline release that it grew from, as `[major, minor]`. */
  readonly mainline: readonly [number, number];
  /** The stable or vendor series: `6.12`, or `rhel8`. */
  readonly series: string;
  /** The place within the series: the sublevel, or -100 + N for release candidate N. Absent: the mainline release as such (`6.12`). */
  readonly sublevel?: number;
}

const PATTERN = /^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,5}))?(?:[.-]*rc(\d{1,2}))?(?:-(\d+)[\w.]*\.el8\S*)?(?:[-+~_.][\w.+~-]*)?$/;

/** Where release candidates stand: before sublevel 0. */
const CANDIDATE_BASE = -100;

/**
 * Reads a release as `uname -r` or a person gives it; distribution suffixes (`-21-arm64`, `+deb13-arm64`) are ignored, except that
 * `4.18.0-N.el8` names a build of the RHEL 8 series.
 *
 * @throws {ArmlensError} `bad-release` if the text is no kernel release.
 */
export function parseRelease(text: string): Release {
  const labelled = /^4\.18-rhel8\.([35])$/.exec(text);
  if (labelled) return parseRelease(labelled[1] === '3' ? '4.18.0-240.el8' : '4.18.0-348.el8');
  const match = PATTERN.exec(text.trim());
  if (!match) throw new ArmlensError('bad-release', `${JSON.stringify(text.slice(0, 80))} is no kernel release; expected a form such as 6.12.107, 6.1-rc7 or 7.2`);
  const [, major, minor, sublevel, candidate, rhelBuild] = match;
  const mainline = [Number(major), Number(minor)] as const;
  const xy = `${mainline[0]}.${mainline[1]}`;
  if (rhelBuild !== undefined) return { text: `${xy}.0-${rhelBuild}`, mainline, series: 'rhel8', sublevel: Number(rhelBuild) };
  if (candidate !== undefined) return { text: `${xy}-rc${candidate}`, mainline, series: xy, sublevel: CANDIDATE_BASE + Number(candidate) };
  if (sublevel !== undefined) return { text: `${xy}.${sublevel}`, mainline, series: xy, sublevel: Number(sublevel) };
  return { text: xy, mainline, series: xy };
}

/** Reads a release as spec-data writes it, where `4.18.0-240` is a build of the RHEL 8 series. */
export function parseDataRelease(text: string): Release {
  const build = /^(\d+)\.(\d+)\.0-(\d+)$/.exec(text);
  return parseRelease(build ? `${text}.el8` : text);
}

/** Orders the mainline releases that two releases grew from: negative, zero or positive. */
export function compareMainline(a: Release, b: Release): number {
  return a.mainline[0] - b.mainline[0] || a.mainline[1] - b.mainline[1];
}
