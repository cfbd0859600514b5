import type { ArchFeatureName } from '../../arch/arch-feature-rule.ts';
import type { ArchLevelName } from '../../arch/level.ts';
import { includesLevel, type LevelReading, levelReadings } from '../level.ts';
import { LEVEL_READINGS, type LevelReadingName } from '../level-reading.ts';
import type { Subject } from '../subject.ts';

/** The levels of several systems in one reading. */
export interface ComparedLevel {
  readonly reading: LevelReadingName;
  /** Of each subject; `undefined` if this reading sees nothing. */
  readonly levels: readonly (ArchLevelName | undefined)[];
  /** Of each subject: the level if all is there that is not known of it; its own where that changes nothing. */
  readonly upTo: readonly (ArchLevelName | undefined)[];
  /** What each subject lacks for its next level, if another subject has that level. */
  readonly lacking: readonly (readonly ArchFeatureName[])[];
}

function lacking({ next }: LevelReading, others: readonly LevelReading[]): readonly ArchFeatureName[] {
  const towards = next.filter(({ level }) => others.some((other) => includesLevel(other.level, level)));
  return [
    ...new Set(
      towards.flatMap(({ missing }) =>
        missing.filter(({ basis, state }) => basis !== 'removed' && state !== 'unknown').map(({ archFeature }) => archFeature),
      ),
    ),
  ];
}

/** Puts the levels of several systems side by side, a row for each of {@link LEVEL_READINGS}. */
export function compareLevels(subjects: readonly Subject[]): readonly ComparedLevel[] {
  const all = subjects.map(({ system }) => levelReadings(system));
  return LEVEL_READINGS.map((reading, row) => {
    const readings = all.map((own) => own[row]!);
    return {
      reading,
      levels: readings.map(({ level }) => level),
      upTo: readings.map(({ level, upTo }) => upTo ?? level),
      lacking: readings.map((own) => lacking(own, readings)),
    };
  });
}
