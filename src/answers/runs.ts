import { findArchFeature } from '../arch/arch-feature.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import { allOf, type Truth } from '../logic/truth.ts';
import { type Process, processOf } from '../process/process.ts';
import type { Build, BuildUse, UnknownFlag } from '../runtime/flags/build-use.ts';
import { type ChosenClone, chooseClone } from '../runtime/flags/clones.ts';
import { nativeBuilds } from '../runtime/flags/native.ts';
import { parseFlags } from '../runtime/flags/parse-flags.ts';
import { goArm64For } from '../runtime/goarm64.ts';
import { GCC, LLVM, marchFor } from '../runtime/march.ts';
import { rustTarget } from '../runtime/rust.ts';
import { mayUse, type Usable, usableOn } from './usable.ts';

/** Something that code may use, and that is not there. */
export interface LackingUse extends BuildUse {
  /** What Arm calls it. */
  readonly description: string;
}

/** Whether code runs that one compiler built. */
export interface BuildVerdict {
  readonly by: string;
  readonly flag: string;
  /** Yes: nothing that the compiler may emit is missing. No: it may end with SIGILL. */
  readonly runs: Truth;
  readonly lacks: readonly LackingUse[];
  /** Of which it is not known whether it is there. */
  readonly open: readonly LackingUse[];
  /** What the flag turns on, the machine lacks, and no compiler emits by itself. */
  readonly tolerated: readonly LackingUse[];
}

/** Whether code runs that was built with some flags, where programs may use some features. `undefined`: not known, or no compiler knows the flags. */
export function flagsRun(flags: string, usable: Usable): Truth {
  const { builds } = parseFlags(flags, usable, (option) => nativeBuilds(option, undefined));
  const known = builds.filter((build): build is Build => 'uses' in build);
  return known.length === 0 ? undefined : allOf(known.map((build) => buildVerdict(build, usable).runs));
}

/** The flags that turn on the most that runs, with the name of the compiler that they are meant for. */
export interface MostFlags {
  readonly gcc: string;
  readonly llvm: string;
  readonly go: string;
  readonly rust: string;
}

/** Whether code runs that was built with some flags. */
export interface Runs {
  /** Yes if it does whoever built it. Flags that a compiler does not know do not count. */
  readonly runs: Truth;
  readonly builds: readonly BuildVerdict[];
  readonly unknown: readonly UnknownFlag[];
  /** Which version of a function the resolvers choose. */
  readonly clones: readonly ChosenClone[];
  readonly ignored: readonly string[];
  readonly most: MostFlags;
}

/** A system on which code is to run. */
export interface RunsOn {
  readonly system: System;
  readonly kernel: Kernel;
  /** What a program saw on the machine that built, for `native`. */
  readonly builtOn?: Process;
}

function lacking(uses: readonly BuildUse[]): readonly LackingUse[] {
  return uses.map((use) => ({ ...use, description: findArchFeature(use.archFeature)?.description ?? '' }));
}

/** Whether code of a build runs where programs may use some features. */
export function buildVerdict({ by, flag, uses, emits }: Build, usable: Usable): BuildVerdict {
  const truthOf = ({ archFeature, conditional }: BuildUse): Truth =>
    mayUse(usable, archFeature) || (conditional ? undefined : mayUse(usable, archFeature));
  const judged = uses.map((use) => ({ use, truth: truthOf(use), emitted: emits?.has(use.archFeature) ?? true }));
  const those = (emitted: boolean, truth: Truth): readonly LackingUse[] =>
    lacking(judged.filter((one) => one.emitted === emitted && one.truth === truth).map(({ use }) => use));
  return {
    by,
    flag,
    runs: allOf(judged.filter(({ emitted }) => emitted).map(({ truth }) => truth)),
    lacks: those(true, false),
    open: those(true, undefined),
    tolerated: those(false, false),
  };
}

/** The flags that turn on the most that runs, by what is certain; of several machines, by what is so of all and of each. */
export function mostFlags(certain: Usable['certain'], hwcaps: readonly string[], machines?: readonly Usable[]): MostFlags {
  // Rust has no target without floating point and Advanced SIMD.
  const rust = certain.has('FEAT_FP') && certain.has('FEAT_AdvSIMD') ? rustTarget(hwcaps, certain).flag : '';
  return {
    gcc: `gcc -march=${marchFor(GCC, certain).text}`,
    llvm: `clang -march=${marchFor(LLVM, certain).text}`,
    go: `GOARM64=${goArm64For(certain, machines)}`,
    rust: rust === '' ? '' : `rustc ${rust}`,
  };
}

/**
 * Whether code that was built with some flags runs on a machine under a kernel: what it may use, against what programs may use there.
 *
 * @throws ArmlensError `bad-value` if no flag says what the code may use, or `native` is given and not where it was built.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * runsOn('-march=armv8-a', { system: boot(machine, { release: '6.12' }), kernel: { release: '6.12' } }).runs // → true
 * ```
 */
export function runsOn(flags: string, { system, kernel, builtOn }: RunsOn): Runs {
  const usable = usableOn(system, kernel);
  const parsed = parseFlags(flags, usable, (option) => nativeBuilds(option, builtOn));
  const known = parsed.builds.filter((build): build is Build => 'uses' in build);
  const builds = known.map((build) => buildVerdict(build, usable));
  const clones = parsed.clones.length === 0 ? [] : chooseClone(parsed.clones, processOf(system));
  return {
    runs: known.length === 0 && parsed.builds.length > 0 ? undefined : allOf(builds.map((build) => build.runs)),
    builds,
    unknown: parsed.builds.filter((build): build is UnknownFlag => 'message' in build),
    clones,
    ignored: parsed.ignored,
    most: mostFlags(usable.certain, system.hwcaps.names, [usable]),
  };
}
