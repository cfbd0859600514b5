import { ArmlensError } from '../../errors.ts';

/**
 * A point in the kernel's history: a mainline release with its stable updates (`6.12.107`), a release candidate (`6.1-rc7`), a build
 * of a vendor series that left mainline (`4.18.0-240.el8`), or a distribution's build that does not tell its stable update
 * (`5.10.0-32-arm64`).
 */
export interface Release {
  /** As `X.Y`, `X.Y.Z`, `X.Y-rcN` or, for a vendor or distribution build, `X.Y.0-BUILD`. Other suffixes are left out. */
  readonly text: string;
  /** The mainline release that it grew from, as `[major, minor]`. */
  readonly mainline: readonly [number, number];
  /** The stable or vendor series: `6.12`, or `rhel8`. */
  readonly series: string;
  /** The place within the series: the sublevel, or -100 + N for release candidate N. Absent: the mainline release as such (`6.12`). */
  readonly sublevel?: number;
  /**
   * The number of a distribution's build, as in `5.10.0-32-arm64` or `5.15.0-97-generic`, whose name has no sublevel: 0 stands there
   * for every update of the series.
   */
  readonly build?: number;
  /** The sublevel of the stable update that a {@link build} is known to hold, with all before it; it may hold more. Absent: not known. */
  readonly holds?: number;
  /** True of a {@link build} that may have single commits of any kernel besides the updates of its series. */
  readonly takesMore?: true;
  /** Rows of the history in doubt here that are taken the other way: what may have come has come. Absent: none. */
  readonly flipped?: ReadonlySet<object>;
}

const PATTERN =
  /^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,5})|(?!\.\d))(?:[.-]*rc(\d{1,2}))?(?:-(\d{1,6})(?![\da-z]))?(\+|[-+~_.][\w.+~/-]*[\w+])?$/;

/** Where release candidates stand: before sublevel 0. */
const CANDIDATE_BASE = -100;

/** RHEL 8.0's build of 4.18.0; no other distribution came that far with its own numbers for 4.18. */
const FIRST_RHEL8_BUILD = 80;

/** The release of a series at a sublevel, as {@link Release.text} has it. */
export function updateName(series: string, sublevel: number): string {
  return series === 'rhel8' ? `4.18.0-${sublevel}` : `${series}.${sublevel}`;
}

/** Reads a release as {@link parseRelease} does; `undefined` if the text is none. */
export function readRelease(text: string): Release | undefined {
  const labelled = /^4\.18-rhel8\.([35])$/.exec(text);
  if (labelled) return readRelease(labelled[1] === '3' ? '4.18.0-240.el8' : '4.18.0-348.el8');
  const match = PATTERN.exec(text.trim());
  if (!match) return undefined;
  const [, major, minor, sublevel, candidate, buildText, suffix = ''] = match;
  const mainline = [Number(major), Number(minor)] as const;
  const xy = `${mainline[0]}.${mainline[1]}`;
  if (candidate !== undefined) return { text: `${xy}-rc${candidate}`, mainline, series: xy, sublevel: CANDIDATE_BASE + Number(candidate) };
  if (buildText !== undefined && Number(sublevel) === 0) {
    const build = Number(buildText);
    const named = { text: `${xy}.0-${build}`, mainline };
    if (xy === '4.18' && (suffix.includes('.el8') || build >= FIRST_RHEL8_BUILD)) return { ...named, series: 'rhel8', sublevel: build };
    return { ...named, series: xy, build };
  }
  if (sublevel !== undefined) return { text: `${xy}.${Number(sublevel)}`, mainline, series: xy, sublevel: Number(sublevel) };
  return { text: xy, mainline, series: xy };
}

/**
 * Reads a release as `uname -r` or a person gives it; distribution suffixes (`+deb13-arm64`) are ignored, except that
 * `4.18.0-N.el8` names a build of the RHEL 8 series and the number of `X.Y.0-N-flavour` is kept as {@link Release.build}.
 *
 * @throws {ArmlensError} `bad-release` if the text is no kernel release.
 *
 * @example
 * ```js
 * parseRelease('6.12.107').series // → '6.12'
 * ```
 */
export function parseRelease(text: string): Release {
  const release = readRelease(text);
  if (release !== undefined) return release;
  const shown = JSON.stringify(text.slice(0, 80));
  throw new ArmlensError('bad-release', `${shown} is no kernel release; expected a form such as 6.12.107, 6.1-rc7 or 7.2`);
}

/** Orders the mainline releases that two releases grew from: negative, zero or positive. */
export function compareMainline(a: Release, b: Release): number {
  return a.mainline[0] - b.mainline[0] || a.mainline[1] - b.mainline[1];
}
