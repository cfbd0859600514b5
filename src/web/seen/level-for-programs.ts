import type { LevelReading } from '../../answers/level.ts';
import { leastLevel } from '../../formats/level-words.ts';
import type { System } from '../../linux/system.ts';

/** The level that programs can see of a system; `undefined`: none. */
export function levelForPrograms({
  system,
  levels,
}: {
  readonly system: System;
  readonly levels: readonly LevelReading[];
}): string | undefined {
  const el0 = levels.find(({ reading }) => reading === 'el0');
  return el0?.level && leastLevel(el0, system.unknown !== undefined);
}
