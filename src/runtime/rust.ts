import { ALL_ARCH_FEATURE_RULES, type ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { foldTree } from '../logic/tree.ts';
import { RUST, RUST_FLAG_VERSION } from './generated/programs.ts';
import { judgeProgram } from './judge-program.ts';
import type { ProcessLeaf } from './runtime-rows.ts';

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

/** The hwcaps that a name of Rust stands for; what a rule only shuns is left out. */
function hwcapsOf(name: string): readonly string[] {
  const when = RUST.answers[0]!.rows.find((row) => row.name === name)?.when;
  if (when === undefined) return [];
  return foldTree<ProcessLeaf, readonly string[]>(
    when,
    (leaf) => ('hwcap' in leaf ? [leaf.hwcap] : 'name' in leaf ? hwcapsOf(leaf.name) : []),
    {
      all: (parts) => parts.flat(),
      any: () => [],
      not: () => [],
    },
  );
}

/** The architecture feature that a hwcap tells of first. */
function archFeatureOf(hwcap: string): readonly ArchFeatureName[] {
  return ALL_ARCH_FEATURE_RULES.filter(({ linuxHwcaps = [], status }) => linuxHwcaps[0] === hwcap && status === 'current')
    .map(({ name }) => name)
    .slice(0, 1);
}

/** The architecture features that a name of Rust stands for, the name's own first. */
export function rustArchFeatures(name: string): readonly ArchFeatureName[] {
  return hwcapsOf(name).flatMap(archFeatureOf);
}

/**
 * What Rust makes of the hwcaps of a Linux system, by the newest version that is known.
 *
 * @param usable - What programs may use. A name of which the compiler would use more than the detection asks for is left out of the flag.
 * @see Rust `library/std_detect/src/detect/os/linux/aarch64.rs`.
 *
 * @example
 * ```js
 * rustTarget(['fp', 'asimd', 'atomics']).flag.includes('+lse') // → true
 * ```
 */
export function rustTarget(hwcaps: Iterable<string>, usable?: ReadonlySet<ArchFeatureName>): RustTarget {
  const detected = new Set(judgeProgram({ hwcaps: new Set(hwcaps) }, RUST, RUST.versions.at(-1)!)[0]!.names);
  const runs = (name: string): boolean => usable === undefined || rustArchFeatures(name).every((feature) => usable.has(feature));
  const rows = RUST.answers[0]!.rows.filter(({ name }) => detected.has(name) && runs(name));
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
