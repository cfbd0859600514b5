import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import type { ArchLevelName } from '../../arch/level.ts';
import { given } from '../../given.ts';
import type { System } from '../../linux/system.ts';
import { includesLevel, type LevelReading, levelReadings } from '../level.ts';
import type { LevelReadingName } from '../level-reading.ts';

/** A reading that gives the two sides different levels. */
export interface LevelDifference {
  readonly reading: LevelReadingName;
  /** Absent if this reading sees nothing. */
  readonly a?: ArchLevelName;
  readonly b?: ArchLevelName;
  /** What the one side lacks for its next level, if the other side has that level. */
  readonly lackingA: readonly ArchFeatureName[];
  readonly lackingB: readonly ArchFeatureName[];
}

function lacking({ next }: LevelReading, other: ArchLevelName | undefined): readonly ArchFeatureName[] {
  const towards = next.filter(({ level }) => includesLevel(other, level));
  return [
    ...new Set(towards.flatMap(({ missing }) => missing.filter(({ basis }) => basis !== 'removed').map(({ archFeature }) => archFeature))),
  ];
}

/** The readings in which two systems are of different levels. */
export function levelDifferences(a: System, b: System): readonly LevelDifference[] {
  const ofB = levelReadings(b);
  return levelReadings(a).flatMap((inA, index): readonly LevelDifference[] => {
    const inB = ofB[index]!;
    if (inA.level === inB.level) return [];
    return [
      {
        reading: inA.reading,
        ...given({ a: inA.level, b: inB.level }),
        lackingA: lacking(inA, inB.level),
        lackingB: lacking(inB, inA.level),
      },
    ];
  });
}
