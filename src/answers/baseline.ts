import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { ALL_ARCH_FEATURE_RULES } from '../arch/arch-feature-rule.ts';
import type { RegisterName } from '../arch/register.ts';
import { ALL_BITS } from '../bits/field.ts';
import { joinWords, type PartialWord, spliceWord, UNKNOWN_WORD } from '../bits/partial-word.ts';
import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import { applyGuestLayers, type GuestLayer } from '../hypervisor/guest-layer.ts';
import { boot } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { BootedCpu, System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { goArm64For } from '../runtime/goarm64.ts';
import { GCC, LLVM, type March, marchFor } from '../runtime/march.ts';
import { type RustTarget, rustTarget } from '../runtime/rust.ts';
import { type TargetCpu, targetCpuFor } from '../runtime/target-cpu.ts';
import type { Machine } from '../silicon/machine.ts';
import { coreKey, parseMidr } from '../silicon/midr.ts';
import { type CommandLine, commandLineFor } from './baseline-cmdline.ts';
import { type FieldSetting, layerOf, mergeRegisters, type ReadWord, settingsFor } from './baseline-registers.ts';
import { type LevelReading, levelReadings } from './level.ts';
import { readArchFeatures } from './level-reading.ts';
import { cpuWord, isKnownInPart, keptWord, possibleCpus, runningCpus, toldBits } from './machine-word.ts';
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
  /** The hwcaps that it has and another one has not. */
  readonly extra: readonly string[];
  /** What takes them away without a hypervisor. */
  readonly commandLine: CommandLine;
  /** The hwcaps of a guest under the layer, as far as they are known. */
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
  /** ID registers that promise no more than any CPU: field by field the safe value. Bits that are not known are zero. */
  readonly registers: Readonly<Partial<Record<RegisterName, bigint>>>;
  /** What does not follow from what is known of the machines. Absent: nothing. */
  readonly unknown?: BaselineUnknown;
  /** The fields that a hypervisor has to set so that the machines look alike; empty if they do. */
  readonly settings: readonly FieldSetting[];
  /** The same as a layer, which can be written as a mask file or a CPU template. */
  readonly layer: GuestLayer;
  /** The common hwcaps that guests under the layer lack: where machines differ in kind, as in how they authenticate pointers. */
  readonly lostByLayer: readonly string[];
  /** Whether guests under the layer have the same hwcaps on every machine; absent: not known. */
  readonly guestsAlike?: boolean;
}

/** What machines may have in common, but it is not known. Absent parts hold nothing. */
export interface BaselineUnknown {
  readonly hwcaps?: readonly string[];
  readonly compat?: readonly string[];
  /** The bits of {@link Baseline.registers} that are not known, by register. */
  readonly registers?: Readonly<Partial<Record<RegisterName, bigint>>>;
}

/** The names of some systems: those that each has, and those that each has or may have. */
interface Names {
  readonly certain: readonly string[];
  readonly open: readonly string[];
}

function common(lists: readonly Names[]): Names {
  const possible = (list: Names): readonly string[] => [...list.certain, ...list.open];
  const certain = lists[0]!.certain.filter((name) => lists.every((list) => list.certain.includes(name)));
  const all = possible(lists[0]!).filter((name) => lists.every((list) => possible(list).includes(name)));
  return { certain, open: all.filter((name) => !certain.includes(name)) };
}

const hwcapsOf = ({ hwcaps, unknown }: System): Names => ({ certain: hwcaps.names, open: unknown?.hwcaps ?? [] });
const compatOf = ({ compat, unknown }: System): Names => ({ certain: compat.names, open: unknown?.compat ?? [] });

/** How the registers of a system are read: those of each CPU, or, where they are known in part, what the CPUs, texts and the kernel's copy tell of all. */
function readersOf(system: System): readonly ReadWord[] {
  const running = runningCpus(system);
  if (!isKnownInPart(system)) return running.map((cpu) => (name) => (cpu.registers[name] === undefined ? undefined : cpuWord(cpu, name)));
  // Of what CPUs may take away that may not run, it is not known whether it is there.
  const merged = [possibleCpus(system), running].map((cpus) => mergeRegisters(cpus.map((cpu) => (name) => cpuWord(cpu, name))));
  return [
    (name) => {
      const own = merged.map((words) => words.get(name) ?? UNKNOWN_WORD).reduce(joinWords);
      const kept = keptWord(system, name) ?? UNKNOWN_WORD;
      return spliceWord(own, kept, own.open & ~kept.open & toldBits(system, name));
    },
  ];
}

/** Judges the flags that are proposed on every member; a flag is a promise that its code runs on all of them. */
function provedFlags(
  usable: ReadonlySet<ArchFeatureName>,
  hwcaps: readonly string[],
  members: readonly (readonly [string, Usable])[],
): readonly ProvedFlag[] {
  const each = members.map(([, there]) => there);
  const flags = Object.values(mostFlags(usable, hwcaps, each)).filter((flag) => flag !== '');
  return flags.map((flag) => ({ flag, runs: members.map(([name, there]) => ({ name, runs: flagsRun(flag, there) })) }));
}

function targetsOf(
  cpus: readonly BootedCpu[],
  usable: ReadonlySet<ArchFeatureName>,
  hwcaps: readonly string[],
  each: readonly Usable[],
): BaselineTargets {
  const cores = new Set(cpus.map(({ registers: { MIDR_EL1 = 0n } }) => coreKey(MIDR_EL1)));
  const cpu = cores.size === 1 ? targetCpuFor(parseMidr([...cores][0]!), usable) : undefined;
  return {
    gcc: marchFor(GCC, usable),
    llvm: marchFor(LLVM, usable),
    goArm64: goArm64For(usable, each),
    rust: rustTarget(hwcaps, usable),
    ...given({ cpu }),
  };
}

function guestSystem({ machine, kernel, environment }: BaselineInput, layer: GuestLayer): System {
  return boot(applyGuestLayers(machine, [layer]).machine, kernel, environment);
}

/** Whether lists of names are the same; `undefined` if what is open decides. */
function alike(lists: readonly Names[]): Truth {
  const [first, ...others] = lists;
  const differ = (a: Names, b: Names): boolean => a.certain.some((name) => !b.certain.includes(name) && !b.open.includes(name));
  if (others.some((other) => differ(first!, other) || differ(other, first!))) return false;
  return lists.some(({ open }) => open.length > 0) ? undefined : true;
}

function unknownOf(hwcaps: Names, compat: Names, merged: ReadonlyMap<RegisterName, PartialWord>): BaselineUnknown | undefined {
  const open = [...merged].filter(([, word]) => word.open !== 0n).map(([name, word]) => [name, word.open] as const);
  const some = (names: readonly string[]): readonly string[] | undefined => (names.length === 0 ? undefined : names);
  const unknown: BaselineUnknown = given({
    hwcaps: some(hwcaps.open),
    compat: some(compat.open),
    registers: open.length === 0 ? undefined : Object.fromEntries(open),
  });
  return Object.keys(unknown).length === 0 ? undefined : unknown;
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
  const readers = systems.flatMap(readersOf);
  const hwcaps = common(systems.map(hwcapsOf));
  const compat = common(systems.map(compatOf));
  const read = readArchFeatures(systems, 'registers');
  const archFeatures = ALL_ARCH_FEATURE_RULES.map(({ name }) => name).filter((name) => read(name) === true);
  const usableOnEach = subjects.map(({ system, kernel }) => usableOn(system, kernel));
  const usable = archFeatures.filter((name) => usableOnEach.every(({ certain }) => certain.has(name)));
  const merged = mergeRegisters(readers);
  const settings = settingsFor(readers, merged);
  const layer = layerOf('baseline', settings);
  const guests = inputs.map((input, i) => hwcapsOf(settings.length === 0 ? systems[i]! : guestSystem(input, layer)));
  const inCommon = [...hwcaps.certain, ...hwcaps.open];
  const members = subjects.map(
    (subject, i): BaselineMember => ({
      ...subject,
      extra: subject.system.hwcaps.names.filter((name) => !inCommon.includes(name)),
      commandLine: commandLineFor(inputs[i]!.machine, subject, merged, hwcaps),
      guestHwcaps: guests[i]!.certain,
    }),
  );
  return {
    members,
    hwcaps: hwcaps.certain,
    compat: compat.certain,
    archFeatures,
    usable,
    levels: levelReadings(...systems),
    targets: targetsOf(systems.flatMap(possibleCpus), new Set(usable), hwcaps.certain, usableOnEach),
    proved: provedFlags(
      new Set(usable),
      hwcaps.certain,
      subjects.map(({ name }, i) => [name, usableOnEach[i]!]),
    ),
    registers: Object.fromEntries([...merged].flatMap(([name, { value, open }]) => (open === ALL_BITS ? [] : [[name, value]]))),
    ...given({ unknown: unknownOf(hwcaps, compat, merged), guestsAlike: alike(guests) }),
    settings,
    layer,
    lostByLayer: hwcaps.certain.filter((name) => guests.some(({ certain, open }) => !certain.includes(name) && !open.includes(name))),
  };
}
