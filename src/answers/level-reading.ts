import {
  type ArchFeatureName,
  evaluateArchFeatures,
  evaluateArchFeaturesByField,
  fieldPathsOf,
  findArchFeature,
  type Identification,
  type IdentificationLeaf,
} from '../arch/arch-feature.ts';
import { fieldBits } from '../arch/field-bits.ts';
import type { RegisterName } from '../arch/register.ts';
import { readField } from '../bits/field.ts';
import type { System } from '../linux/system.ts';
import { judge } from '../logic/judge.ts';
import { allOf, type Truth } from '../logic/truth.ts';
import { hwcapsTelling } from './arch-feature-hwcaps.ts';

/**
 * From where a level is read: the ID registers as hardware gives them to the kernel, what is visible of them at EL0 after boot, or the
 * Features line alone.
 */
export type LevelReadingName = 'registers' | 'el0' | 'hwcaps';

/** The readings, from the one that sees most to the one that sees least. */
export const LEVEL_READINGS: readonly LevelReadingName[] = ['registers', 'el0', 'hwcaps'];

/** What a reading tells of an architecture feature; `undefined`: nothing. */
export type ReadArchFeature = (name: ArchFeatureName) => Truth;

/** What the registers of each CPU that is online tell; equal CPUs count once. */
function registerReadings({ cpus, online }: System): readonly ReadArchFeature[] {
  const files = new Set(online.map((index) => cpus[index]!.registers));
  return [...files].map((file) => {
    const map = evaluateArchFeatures((register) => file[register]);
    return (name) => map.get(name);
  });
}

/** What programs see by MRS: visible fields of sanitised registers. What is hidden tells nothing, nor does a cache that is not known. */
function el0Reading({ cpus, online, registers, mrsEmulatedFrom }: System): ReadArchFeature {
  const isGiven = (name: RegisterName): boolean =>
    name.startsWith('ID_') || online.every((index) => cpus[index]!.registers[name] !== undefined);
  const map = evaluateArchFeaturesByField((path) => {
    const bits = fieldBits(path);
    const tracked = mrsEmulatedFrom === undefined ? undefined : registers.get(bits.register);
    if (tracked === undefined || !isGiven(bits.register)) return undefined;
    const mask = ((1n << BigInt(bits.msb - bits.lsb + 1)) - 1n) << BigInt(bits.lsb);
    return (tracked.userMask & mask) === mask ? readField(tracked.value, bits, bits.sign) : undefined;
  });
  return (name) => map.get(name);
}

/** What the Features line tells: a name that is missing proves nothing, and nothing is taken for granted. */
function hwcapReading({ hwcaps }: System): ReadArchFeature {
  const names = new Set(hwcaps.names);
  return (name) => {
    const telling = hwcapsTelling(name);
    return telling.length === 0 ? undefined : telling.every((hwcap) => names.has(hwcap));
  };
}

/** Where registers are open: what they tell, and else what a hwcap that is there says of them. */
function toldReadings(system: System): readonly ReadArchFeature[] {
  const shown = hwcapReading(system);
  return registerReadings(system).map(
    (read) => (name) => read(name) ?? system.archFeatures?.get(name) ?? (shown(name) === true ? true : undefined),
  );
}

function readingsOf(system: System, reading: LevelReadingName): readonly ReadArchFeature[] {
  switch (reading) {
    case 'registers':
      return system.unknown === undefined ? registerReadings(system) : toldReadings(system);
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

/** Whether any ID register field can show an architecture feature. */
export function isDetectable(name: ArchFeatureName): boolean {
  return findArchFeature(name)?.identification !== undefined;
}

/** Whether a field of ID_AA64*_EL1 takes part in showing an architecture feature: registers that every dump of a core should have. */
export function isInIdSpace(name: ArchFeatureName): boolean {
  return fieldPathsOf(name).some((path) => path.startsWith('ID_AA64'));
}
