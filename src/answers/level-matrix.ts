import { ALL_ARCH_FEATURES, type ArchFeature, type ArchFeatureName, type Identification } from '../arch/arch-feature.ts';
import { ALL_LEVELS, type ArchLevelName, includedLevels, optionalArchFeatures } from '../arch/level.ts';
import { levelDemands } from './level.ts';

/**
 * How a level stands to an architecture feature: it must be there (`mandatory`; `conditional` if another one is there; `customary` if
 * only everybody who says the level means it), it may be (`optional`), it must not (`removed`), or Arm states no level and it is only
 * commonly `listed` there.
 */
export type LevelStanding = 'mandatory' | 'conditional' | 'customary' | 'optional' | 'removed' | 'listed';

/** An architecture feature over the levels. */
export interface LevelMatrixRow {
  readonly archFeature: ArchFeature;
  /** By level, in the order of the levels; a level that does not know it has `undefined`. */
  readonly standings: readonly (LevelStanding | undefined)[];
  /** The condition of a conditional demand, by the level that begins to make it. */
  readonly conditions: ReadonlyMap<ArchLevelName, Identification>;
}

type Standings = ReadonlyMap<ArchFeatureName, LevelStanding>;

/** What a level says of each architecture feature; the later a demand stands in it, the more it counts. */
function standingsAt(level: ArchLevelName): Standings {
  const standings = new Map<ArchFeatureName, LevelStanding>();
  for (const name of optionalArchFeatures(level)) standings.set(name, 'optional');
  for (const { archFeature, basis } of levelDemands(level)) {
    const weaker = basis === 'customary' || basis === 'conditional';
    if (!weaker || standings.get(archFeature) !== 'mandatory') standings.set(archFeature, basis);
  }
  return standings;
}

function rowOf(archFeature: ArchFeature, columns: readonly Standings[]): LevelMatrixRow {
  const { name, introduced, mandatoryConditional = [] } = archFeature;
  const stated = columns.map((standings) => standings.get(name));
  const isListed = (level: ArchLevelName): boolean => includedLevels(level).some((below) => below.name === introduced.level);
  return {
    archFeature,
    standings: stated.some((standing) => standing !== undefined)
      ? stated
      : ALL_LEVELS.map((level) => (isListed(level.name) ? 'listed' : undefined)),
    conditions: new Map(mandatoryConditional.map(({ from, when }) => [from, when])),
  };
}

let matrix: readonly LevelMatrixRow[] | undefined;

/**
 * Every architecture feature over every level, by name.
 *
 * @example
 * ```js
 * levelMatrix().some(({ archFeature }) => archFeature.name === 'FEAT_LSE') // → true
 * ```
 */
export function levelMatrix(): readonly LevelMatrixRow[] {
  if (matrix === undefined) {
    const columns = ALL_LEVELS.map(({ name }) => standingsAt(name));
    matrix = ALL_ARCH_FEATURES.map((archFeature) => rowOf(archFeature, columns));
  }
  return matrix;
}
