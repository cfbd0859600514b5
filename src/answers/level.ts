import type { ArchFeatureName, Identification } from '../arch/arch-feature-rule.ts';
import { ALL_LEVELS, type ArchLevel, type ArchLevelName, includedLevels } from '../arch/level.ts';
import { given } from '../given.ts';
import type { System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import {
  conditionFeatures,
  conditionOutcome,
  couldTell,
  isDetectable,
  LEVEL_READINGS,
  type LevelReadingName,
  type ReadArchFeature,
  witnesses,
} from './level-reading.ts';

/**
 * Why a level asks for an architecture feature: Arm makes it `mandatory`, or does so `conditional`ly and the condition holds; the
 * level does not allow it (`removed`); or Arm leaves it open, but everybody who says the level means it (`customary`).
 */
export type DemandBasis = 'mandatory' | 'conditional' | 'removed' | 'customary';

/** One thing that a level asks for. */
export interface LevelDemand {
  readonly archFeature: ArchFeatureName;
  /** The level that asks for it; a level includes what those below ask for. */
  readonly level: ArchLevelName;
  readonly basis: DemandBasis;
  /** The condition, such as FEAT_AdvSIMD for FEAT_RDM. */
  readonly when?: Identification;
  /** Why a customary one is asked for. */
  readonly note?: string;
}

/** A demand that is not met. */
export interface MissingDemand extends LevelDemand {
  /** `unknown`: the registers that would tell are not known. */
  readonly state: 'absent' | 'present' | 'unknown';
}

/** A level that is the next one, and what is missing for it. */
export interface NextLevel {
  readonly level: ArchLevelName;
  readonly missing: readonly MissingDemand[];
}

/** The level that one reading gives. */
export interface LevelReading {
  readonly reading: LevelReadingName;
  /** The highest level whose demands are met, as far as this reading sees them. Absent if it sees nothing: EL0 of an old kernel. */
  readonly level?: ArchLevelName;
  /** The highest level that this reading and all that see more agree on: never above theirs. */
  readonly agreed?: ArchLevelName;
  /** The level if all is there that is not known, or that this kernel does not show. Absent if that changes nothing. */
  readonly upTo?: ArchLevelName;
  /** Of what the level asks for: what this reading shows. */
  readonly shown: readonly ArchFeatureName[];
  /** Of what the level asks for: what no ID register field shows, so that it is assumed. */
  readonly notDetectable: readonly ArchFeatureName[];
  /** Of what the level asks for: what has a field that this reading does not see, so that it is assumed. */
  readonly notSeen: readonly ArchFeatureName[];
  /** Conditional demands of the level of which this reading does not see whether they apply. */
  readonly undecided: readonly LevelDemand[];
  /** The levels right above. */
  readonly next: readonly NextLevel[];
}

const CUSTOMARY: readonly LevelDemand[] = [
  {
    archFeature: 'FEAT_SVE2',
    level: 'Armv9.0-A',
    basis: 'customary',
    note: 'Arm leaves it optional, but compilers take it for granted in armv9-a; without it a core counts as Armv8',
  },
];

/** What a level itself asks for, beyond those that it implies. */
function ownDemands({ name, mandatory = [], conditional = [], removed = [] }: ArchLevel): readonly LevelDemand[] {
  return [
    ...mandatory.map((archFeature): LevelDemand => ({ archFeature, level: name, basis: 'mandatory' })),
    ...conditional.map(({ archFeature, when }): LevelDemand => ({ archFeature, level: name, basis: 'conditional', when })),
    ...removed.map((archFeature): LevelDemand => ({ archFeature, level: name, basis: 'removed' })),
    ...CUSTOMARY.filter(({ level }) => level === name),
  ];
}

/** Everything that a level asks for, the lowest levels first. */
export function levelDemands(level: ArchLevelName): readonly LevelDemand[] {
  return includedLevels(level).flatMap(ownDemands);
}

/** Whether a demand applies. */
function applies({ when }: LevelDemand, read: ReadArchFeature): Truth {
  return when === undefined ? true : conditionOutcome(when, read);
}

/** Whether a demand that applies is met. */
function met({ archFeature, basis }: LevelDemand, read: ReadArchFeature): Truth {
  const outcome = read(archFeature);
  return basis === 'removed' && outcome !== undefined ? !outcome : outcome;
}

/** One reading. A level is met if every witness (a CPU, a system) meets it, since conditions hold on some and not on others. */
interface View {
  readonly reads: readonly ReadArchFeature[];
  readonly reading: LevelReadingName;
  /** What is not known of a feature counts as missing, if this reading could tell of it. Absent: what is not known is granted. */
  readonly strict?: true;
}

/** Whether it is only not known if a demand applies: a reading could tell, if it knew all that belongs to it. */
function isOpen({ when }: LevelDemand, read: ReadArchFeature, reading: LevelReadingName): boolean {
  return conditionFeatures(when!).some((name) => read(name) === undefined && couldTell(name, reading));
}

/** What is wrong with a demand for one witness. */
function fault(demand: LevelDemand, read: ReadArchFeature, { reading, strict }: View): MissingDemand['state'] | undefined {
  const asked = applies(demand, read);
  const outcome = met(demand, read);
  if (asked === false || outcome === true) return undefined;
  if (asked === undefined) return strict && isOpen(demand, read, reading) ? 'unknown' : undefined;
  if (outcome === false) return demand.basis === 'removed' ? 'present' : 'absent';
  return strict && demand.basis !== 'removed' && couldTell(demand.archFeature, reading) ? 'unknown' : undefined;
}

function missingOf(demand: LevelDemand, view: View): readonly MissingDemand[] {
  const states = view.reads.map((read) => fault(demand, read, view)).filter((state) => state !== undefined);
  const state = states.find((found) => found !== 'unknown') ?? states[0];
  return state === undefined ? [] : [{ ...demand, state }];
}

/**
 * Whether a reading can tell a level from those that it implies: it tells of something that the level brings, or, where what is not known is
 * granted, could do so. A level that joins two others is told by them.
 */
function isTold(level: ArchLevel, { reads, reading, strict }: View): boolean {
  const { implies = [] } = level;
  if (implies.length !== 1) return true;
  const own = ownDemands(level).filter(({ basis }) => basis !== 'removed');
  const tells = (demand: LevelDemand, read: ReadArchFeature): boolean =>
    (applies(demand, read) === true && met(demand, read) !== undefined) ||
    (!strict && applies(demand, read) !== false && couldTell(demand.archFeature, reading));
  return reads.every((read) => own.some((demand) => tells(demand, read)));
}

/** The levels that nothing in a view speaks against. */
function metLevels(view: View): ReadonlySet<ArchLevelName> {
  const found = new Set<ArchLevelName>();
  for (const level of ALL_LEVELS) {
    const below = (level.implies ?? []).every((name) => found.has(name));
    if (below && isTold(level, view) && ownDemands(level).every((demand) => missingOf(demand, view).length === 0)) found.add(level.name);
  }
  return found;
}

function highest(levels: ReadonlySet<ArchLevelName>): ArchLevelName | undefined {
  return ALL_LEVELS.findLast(({ name }) => levels.has(name))?.name;
}

function nextLevels(levels: ReadonlySet<ArchLevelName>, view: View): readonly NextLevel[] {
  return ALL_LEVELS.filter(({ name, implies = [] }) => !levels.has(name) && implies.every((below) => levels.has(below))).map((level) => ({
    level: level.name,
    missing: ownDemands(level).flatMap((demand) => missingOf(demand, view)),
  }));
}

interface Found {
  readonly reading: LevelReadingName;
  readonly view: View;
  readonly levels: ReadonlySet<ArchLevelName>;
  readonly agreed: ReadonlySet<ArchLevelName>;
}

function readingOf({ reading, view, levels, agreed }: Found): LevelReading {
  const [level, common] = [highest(levels), highest(agreed)];
  const upTo = highest(metLevels({ reads: view.reads, reading }));
  const demands = level === undefined ? [] : levelDemands(level).filter(({ basis }) => basis !== 'removed');
  const applying = demands.filter((demand) => view.reads.some((read) => applies(demand, read) === true));
  const isShown = (demand: LevelDemand): boolean =>
    view.reads.every((read) => applies(demand, read) !== true || met(demand, read) === true);
  const silent = applying.filter((demand) => !isShown(demand)).map(({ archFeature }) => archFeature);
  return {
    reading,
    ...given({ level, agreed: common }),
    ...(upTo === undefined || upTo === level ? {} : { upTo }),
    shown: applying.filter(isShown).map(({ archFeature }) => archFeature),
    notDetectable: silent.filter((name) => !isDetectable(name)),
    notSeen: silent.filter(isDetectable),
    undecided: demands.filter((demand) => !applying.includes(demand) && view.reads.some((read) => applies(demand, read) === undefined)),
    next: nextLevels(levels, view),
  };
}

/** Whether a reading of a system sees anything at all. */
function sees({ mrsEmulatedFrom }: System, reading: LevelReadingName): boolean {
  return reading !== 'el0' || mrsEmulatedFrom !== undefined;
}

/**
 * The highest architecture level that a booted machine meets (or each of several), in three readings. The one by registers takes Arm by the letter: a
 * debug or RAS version that only the kernel meets can hold a machine back. The other two say what programs find.
 *
 * @returns The readings in the order of {@link LEVEL_READINGS}.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * levelReadings(boot(machine, { release: '6.12' }))[0].level // → 'Armv8.2-A'
 * ```
 */
export function levelReadings(...systems: readonly System[]): readonly LevelReading[] {
  let agreed: ReadonlySet<ArchLevelName> | undefined;
  return LEVEL_READINGS.map((reading) => {
    const view: View = { reads: witnesses(systems, reading), reading, strict: true };
    const levels = systems.every((system) => sees(system, reading)) ? metLevels(view) : new Set<ArchLevelName>();
    const common: ReadonlySet<ArchLevelName> = new Set([...levels].filter((name) => agreed === undefined || agreed.has(name)));
    agreed = common;
    return readingOf({ reading, view, levels, agreed: common });
  });
}

/**
 * What a booted machine misses for a level, what those below it ask for included, by one reading; empty if nothing does. What the reading
 * could tell and does not is missing as `unknown`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * missingForLevel('Armv8.3-A', boot(machine, { release: '6.12' }), 'registers').some(({ archFeature }) => archFeature === 'FEAT_LRCPC') // → false
 * ```
 */
export function missingForLevel(level: ArchLevelName, system: System, reading: LevelReadingName): readonly MissingDemand[] {
  const view: View = { reads: witnesses([system], reading), reading, strict: true };
  return levelDemands(level).flatMap((demand) => missingOf(demand, view));
}

/** Whether a level includes another one, or is it. */
export function includesLevel(level: ArchLevelName | undefined, asked: ArchLevelName): boolean {
  return level !== undefined && includedLevels(level).some(({ name }) => name === asked);
}
