import type { ArchFeatureName } from '../arch/arch-feature.ts';
import { ALL_ARCH_FEATURES } from '../arch/arch-feature.ts';
import type { RegisterName } from '../arch/register.ts';
import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import { applyGuestLayers, type GuestLayer } from '../hypervisor/guest-layer.ts';
import { boot } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { goArm64For } from '../runtime/goarm64.ts';
import { GCC, LLVM, type March, marchFor } from '../runtime/march.ts';
import { type RustTarget, rustTarget } from '../runtime/rust.ts';
import { type TargetCpu, targetCpuFor } from '../runtime/target-cpu.ts';
import type { Machine, RegisterFile } from '../silicon/machine.ts';
import { parseMidr } from '../silicon/midr.ts';
import { type CommandLine, commandLineFor } from './baseline-cmdline.ts';
import { type FieldSetting, layerOf, mergeRegisterFiles, settingsFor } from './baseline-registers.ts';
import { type LevelReading, levelReadings } from './level.ts';
import { readArchFeatures } from './level-reading.ts';
import { flagsRun, mostFlags } from './runs.ts';
import type { Subject } from './subject.ts';
import { type Usable, usableOn } from './usable.ts';

/** A machine to compare, with the kernel that it runs. */
export interface BaselineInput {
  readonly name: string;
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly environment?: Environment;
}

/** How one machine stands to the baseline. */
export interface BaselineMember extends Subject {
  /** The hwcaps that it has beyond the common ones. */
  readonly extra: readonly string[];
  /** What takes them away without a hypervisor. */
  readonly commandLine: CommandLine;
  /** The hwcaps of a guest under the layer. */
  readonly guestHwcaps: readonly string[];
}

/** Flags for compilers, so that a program runs on every machine and uses what all have. */
export interface BaselineTargets {
  readonly gcc: March;
  readonly llvm: March;
  /** A value of GOARM64. */
  readonly goArm64: string;
  readonly rust: RustTarget;
  /** Only if all CPUs are of one core that LLVM knows. */
  readonly cpu?: TargetCpu;
}

/** A flag that is proposed, and whether code built with it runs on each machine. */
export interface ProvedFlag {
  /** With the compiler's name before it: `gcc -march=armv8.2-a`. */
  readonly flag: string;
  readonly runs: readonly { readonly name: string; readonly runs: Truth }[];
}

/** What machines have in common. */
export interface Baseline {
  readonly members: readonly BaselineMember[];
  /** In the order of the Features line. */
  readonly hwcaps: readonly string[];
  /** Those of AArch32 programs. */
  readonly compat: readonly string[];
  /** What the registers of every CPU show. */
  readonly archFeatures: readonly ArchFeatureName[];
  /** Of these, what programs may use under every kernel. */
  readonly usable: readonly ArchFeatureName[];
  readonly levels: readonly LevelReading[];
  readonly targets: BaselineTargets;
  readonly proved: readonly ProvedFlag[];
  /** ID registers that promise no more than any CPU: field by field the safe value. */
  readonly registers: Readonly<Partial<Record<RegisterName, bigint>>>;
  /** The fields that a hypervisor has to set so that the machines look alike; empty if they do. */
  readonly settings: readonly FieldSetting[];
  /** The same as a layer, which can be written as a mask file or a CPU template. */
  readonly layer: GuestLayer;
  /** The common hwcaps that guests under the layer lack: where machines differ in kind, as in how they authenticate pointers. */
  readonly lostByLayer: readonly string[];
  /** Whether guests under the layer have the same hwcaps on every machine. */
  readonly guestsAlike: boolean;
}

function common(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists.map((list) => [...list]);
  return first.filter((name) => others.every((list) => list.includes(name)));
}

/** The registers of the CPUs that run programs. */
function onlineFiles({ cpus, online }: System): readonly RegisterFile[] {
  return [...new Set(online.map((index) => cpus[index]!.registers))];
}

/** Judges the flags that are proposed on every member; a flag is a promise that its code runs on all of them. */
function provedFlags(
  usable: ReadonlySet<ArchFeatureName>,
  hwcaps: readonly string[],
  members: readonly (readonly [string, Usable])[],
): readonly ProvedFlag[] {
  const flags = Object.values(mostFlags(usable, hwcaps)).filter((flag) => flag !== '');
  return flags.map((flag) => ({ flag, runs: members.map(([name, there]) => ({ name, runs: flagsRun(flag, there) })) }));
}

function targetsOf(files: readonly RegisterFile[], usable: ReadonlySet<ArchFeatureName>, hwcaps: readonly string[]): BaselineTargets {
  const cores = new Set(files.map(({ MIDR_EL1 = 0n }) => MIDR_EL1 & 0xff00_fff0n));
  const cpu = cores.size === 1 ? targetCpuFor(parseMidr([...cores][0]!), usable) : undefined;
  return {
    gcc: marchFor(GCC, usable),
    llvm: marchFor(LLVM, usable),
    goArm64: goArm64For(usable),
    rust: rustTarget(hwcaps, usable),
    ...given({ cpu }),
  };
}

function guestHwcaps({ machine, kernel, environment }: BaselineInput, layer: GuestLayer): readonly string[] {
  return boot(applyGuestLayers(machine, [layer]).machine, kernel, environment).hwcaps.names;
}

/**
 * What machines have in common: for programs (hwcaps, architecture features, level, compiler flags), and what makes each of them look
 * like all (a CPU template for guests, words for the kernel's command line), booted to see that it does.
 *
 * @throws ArmlensError `bad-machine` if no machine is given.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * baselineOf([{ name: 'rk3588', machine, kernel: { release: '6.12' } }]).hwcaps.includes('atomics') // → true
 * ```
 */
export function baselineOf(inputs: readonly BaselineInput[]): Baseline {
  if (inputs.length === 0) throw new ArmlensError('bad-machine', 'a baseline needs at least one machine');
  const subjects = inputs.map(({ name, machine, kernel, environment }) => ({ name, kernel, system: boot(machine, kernel, environment) }));
  const systems = subjects.map(({ system }) => system);
  const files = systems.flatMap(onlineFiles);
  const hwcaps = common(systems.map((system) => system.hwcaps.names));
  const read = readArchFeatures(systems, 'registers');
  const archFeatures = ALL_ARCH_FEATURES.map(({ name }) => name).filter((name) => read(name) === true);
  const usableOnEach = subjects.map(({ system, kernel }) => usableOn(system, kernel));
  const usable = archFeatures.filter((name) => usableOnEach.every(({ certain }) => certain.has(name)));
  const registers = mergeRegisterFiles(files);
  const settings = settingsFor(files, registers);
  const layer = layerOf('baseline', settings);
  const members = subjects.map(
    (subject, i): BaselineMember => ({
      ...subject,
      extra: subject.system.hwcaps.names.filter((name) => !hwcaps.includes(name)),
      commandLine: commandLineFor(inputs[i]!.machine, subject, registers, hwcaps),
      guestHwcaps: settings.length === 0 ? subject.system.hwcaps.names : guestHwcaps(inputs[i]!, layer),
    }),
  );
  const guests = members.map((member) => member.guestHwcaps);
  return {
    members,
    hwcaps,
    compat: common(systems.map((system) => system.compat.names)),
    archFeatures,
    usable,
    levels: levelReadings(...systems),
    targets: targetsOf(files, new Set(usable), hwcaps),
    proved: provedFlags(
      new Set(usable),
      hwcaps,
      subjects.map(({ name }, i) => [name, usableOnEach[i]!]),
    ),
    registers,
    settings,
    layer,
    lostByLayer: hwcaps.filter((name) => guests.some((guest) => !guest.includes(name))),
    guestsAlike: guests.every((guest) => guest.join(' ') === guests[0]!.join(' ')),
  };
}
