import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { ALL_ARCH_FEATURE_RULES } from '../arch/arch-feature-rule.ts';
import type { System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { type LevelReading, levelReadings, type MissingDemand } from './level.ts';
import { LEVEL_READINGS, type LevelReadingName, readArchFeatures } from './level-reading.ts';

/** A booted machine laid over the matrix of levels. */
export interface LevelOverlay {
  /** In the order of {@link LEVEL_READINGS}. */
  readonly readings: readonly LevelReading[];
  /** What each reading tells of an architecture feature, in the same order; `undefined`: nothing. */
  readonly outcomes: ReadonlyMap<ArchFeatureName, readonly Truth[]>;
  /** What a reading misses for the levels right above its own. */
  readonly missing: Readonly<Record<LevelReadingName, ReadonlyMap<ArchFeatureName, MissingDemand>>>;
}

function missingOf({ next }: LevelReading): ReadonlyMap<ArchFeatureName, MissingDemand> {
  return new Map(next.flatMap(({ missing }) => missing).map((demand) => [demand.archFeature, demand]));
}

/**
 * What a booted machine has of every architecture feature, and what it misses for its next level, by each reading.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * levelOverlay(boot(machine, { release: '6.12' })).outcomes.get('FEAT_SVE') // → [false, false, false]
 * ```
 */
export function levelOverlay(system: System): LevelOverlay {
  const readings = levelReadings(system);
  const reads = LEVEL_READINGS.map((reading) => readArchFeatures([system], reading));
  const [registers, el0, hwcaps] = readings.map(missingOf);
  return {
    readings,
    outcomes: new Map(ALL_ARCH_FEATURE_RULES.map(({ name }) => [name, reads.map((read) => read(name))])),
    missing: { registers: registers!, el0: el0!, hwcaps: hwcaps! },
  };
}
