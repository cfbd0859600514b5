import {
  type ArchFeatureName,
  fieldPathsOf,
  findArchFeatureRule,
  type Identification,
  type IdentificationLeaf,
  judgeArchFeatures,
} from '../arch/arch-feature-rule.ts';
import { fieldBits } from '../arch/field-bits.ts';
import type { RegisterName } from '../arch/register.ts';
import { maskOf } from '../bits/field.ts';
import type { PartialWord } from '../bits/partial-word.ts';
import { isEverVisible } from '../linux/release/history.ts';
import type { System } from '../linux/system.ts';
import { judge } from '../logic/judge.ts';
import { leavesOf } from '../logic/tree.ts';
import { allOf, type Truth } from '../logic/truth.ts';
import { hwcapsTelling } from './arch-feature-hwcaps.ts';
import { compareWord, cpuWord, isKnownInPart, keptWord, machineWord, possibleCpus, runningCpus } from './machine-word.ts';

/**
 * From where a level is read: the ID registers as hardware gives them to the kernel, what is visible of them at EL0 after boot, or the
 * Features line alone.
 */
export type LevelReadingName = 'registers' | 'el0' | 'hwcaps';

/** The readings, from the one that sees most to the one that sees least. */
export const LEVEL_READINGS: readonly LevelReadingName[] = ['registers', 'el0', 'hwcaps'];

/** What a reading tells of an architecture feature; `undefined`: nothing. */
export type ReadArchFeature = (name: ArchFeatureName) => Truth;

/** What is known of every architecture feature, by name. */
function reader(map: ReadonlyMap<ArchFeatureName, Truth>): ReadArchFeature {
  return (name) => map.get(name);
}

/**
 * What the registers of each CPU that runs or may run tell; where they are open, what the whole machine shows does. What a CPU lacks of
 * which it is not known whether it runs, the machine may have.
 */
function registerReadings(system: System): readonly ReadArchFeature[] {
  const words = new Map<RegisterName, PartialWord>();
  const ofMachine = (name: RegisterName): PartialWord => {
    const word = words.get(name) ?? machineWord(system, name);
    words.set(name, word);
    return word;
  };
  const running = new Set(runningCpus(system));
  return possibleCpus(system).map((cpu) => {
    const shown = judgeArchFeatures((comparison) => {
      const { register } = fieldBits(comparison.field);
      const own = compareWord(comparison, cpuWord(cpu, register));
      return own ?? (!isKnownInPart(system) ? undefined : compareWord(comparison, ofMachine(register)));
    });
    return running.has(cpu) ? reader(shown) : (name) => shown.get(name) || undefined;
  });
}

/** What programs see by MRS: visible fields of sanitised registers. What is hidden tells nothing, nor does a cache that is not known. */
function el0Reading(system: System): ReadArchFeature {
  const { registers, mrsEmulatedFrom } = system;
  const isGiven = (name: RegisterName): boolean =>
    name.startsWith('ID_') || possibleCpus(system).every((cpu) => cpu.registers[name] !== undefined);
  return reader(
    judgeArchFeatures((comparison) => {
      const bits = fieldBits(comparison.field);
      const tracked = mrsEmulatedFrom === undefined ? undefined : registers.get(bits.register);
      if (tracked === undefined || !isGiven(bits.register)) return undefined;
      const mask = maskOf(bits);
      return (tracked.userMask & mask) === mask ? compareWord(comparison, keptWord(system, bits.register)!) : undefined;
    }),
  );
}

/** What the Features line tells: a name that is missing proves nothing, and nothing is taken for granted. */
function hwcapReading({ hwcaps, unknown }: System): ReadArchFeature {
  const names = new Set(hwcaps.names);
  const open = new Set(unknown?.hwcaps);
  return (name) => {
    const telling = hwcapsTelling(name);
    return telling.length === 0 ? undefined : allOf(telling.map((hwcap) => names.has(hwcap) || (open.has(hwcap) ? undefined : false)));
  };
}

/** Where registers are open: what they tell, else what a text said of a feature, else what a hwcap that is there says of it. */
function toldReadings(system: System): readonly ReadArchFeature[] {
  const shown = hwcapReading(system);
  return registerReadings(system).map(
    (read) => (name) => read(name) ?? system.archFeatures?.get(name) ?? (shown(name) === true ? true : undefined),
  );
}

function readingsOf(system: System, reading: LevelReadingName): readonly ReadArchFeature[] {
  switch (reading) {
    case 'registers':
      return isKnownInPart(system) ? toldReadings(system) : registerReadings(system);
    case 'el0':
      return [el0Reading(system)];
    case 'hwcaps':
      return [hwcapReading(system)];
  }
}

/** Reads systems in one of the ways, each witness by itself: by registers each CPU, else each system. */
export function witnesses(systems: readonly System[], reading: LevelReadingName): readonly ReadArchFeature[] {
  return systems.flatMap((system) => readingsOf(system, reading));
}

/** Reads systems in one of the ways: what holds on all of them. */
export function readArchFeatures(systems: readonly System[], reading: LevelReadingName): ReadArchFeature {
  const reads = witnesses(systems, reading);
  return (name) => allOf(reads.map((read) => read(name)));
}

/** Judges the condition of a conditional mandate, which is a tree over architecture features. */
export function conditionOutcome(condition: Identification, read: ReadArchFeature): Truth {
  return judge(condition, (leaf: IdentificationLeaf) =>
    'archFeature' in leaf ? read(leaf.archFeature) : 'always' in leaf ? leaf.always : undefined,
  );
}

/** The architecture features that such a condition is about. */
export function conditionFeatures(condition: Identification): readonly ArchFeatureName[] {
  return leavesOf<IdentificationLeaf>(condition).flatMap(({ leaf }) => ('archFeature' in leaf ? [leaf.archFeature] : []));
}

/** Whether any ID register field can show an architecture feature. */
export function isDetectable(name: ArchFeatureName): boolean {
  return findArchFeatureRule(name)?.identification !== undefined;
}

/**
 * Whether a reading is of a kind that would tell of an architecture feature, if all that belongs to it was known: a register of
 * ID_AA64*_EL1, which every dump of a core should have; a field of those that some kernel shows to EL0; a hwcap.
 */
export function couldTell(name: ArchFeatureName, reading: LevelReadingName): boolean {
  if (reading === 'hwcaps') return hwcapsTelling(name).length > 0;
  return fieldPathsOf(name).some((path) => path.startsWith('ID_AA64') && (reading === 'registers' || isEverVisible(path)));
}
