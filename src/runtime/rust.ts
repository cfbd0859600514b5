import { RUST, RUST_FLAG_VERSION } from './generated/rust.ts';
import { judgeProgram } from './judge-program.ts';

/** What Rust makes of a Features line. */
export interface RustTarget {
  /** The names for which `is_aarch64_feature_detected!` says yes. */
  readonly detected: readonly string[];
  /** Those that `-C target-feature` of a stable compiler takes without a warning. */
  readonly stable: readonly string[];
  /** Those that it takes only with a warning. */
  readonly unstable: readonly string[];
  /** Such as `-C target-feature=+aes,+crc`; empty if there is nothing to turn on. */
  readonly flag: string;
  /** The compiler's version whose names these are. */
  readonly version: string;
}

/** What every `aarch64-unknown-linux-gnu` target has without a flag. */
const BASELINE: ReadonlySet<string> = new Set(['fp', 'neon']);

/**
 * What Rust makes of the hwcaps of a Linux system, by the newest version that is known.
 *
 * @see Rust `library/std_detect/src/detect/os/linux/aarch64.rs`.
 */
export function rustTarget(hwcaps: Iterable<string>): RustTarget {
  const detected = new Set(judgeProgram({ hwcaps: new Set(hwcaps) }, RUST, RUST.versions.at(-1)!)[0]!.names);
  const rows = RUST.answers[0]!.rows.filter(({ name }) => detected.has(name));
  const flagged = (flag: 'stable' | 'unstable'): readonly string[] =>
    rows.filter((row) => row.flag === flag && !BASELINE.has(row.name)).map(({ name }) => name);
  const stable = flagged('stable');
  return {
    detected: [...detected],
    stable,
    unstable: flagged('unstable'),
    flag: stable.length === 0 ? '' : `-C target-feature=${stable.map((name) => `+${name}`).join(',')}`,
    version: RUST_FLAG_VERSION,
  };
}
