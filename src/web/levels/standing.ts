import type { LevelStanding } from '../../answers/level-matrix.ts';
import type { SignCharacter } from '../catalogue/sign.tsx';

/** The sign of each standing of a level towards an architecture feature. */
export const STANDING_SIGNS: Readonly<Record<LevelStanding, SignCharacter>> = {
  mandatory: '●',
  conditional: '◐',
  customary: '◉',
  optional: '○',
  removed: '✗',
  listed: '·',
};

/** What each sign says. */
export const STANDING_WORDS: Readonly<Record<LevelStanding, string>> = {
  mandatory: 'mandatory',
  conditional: 'mandatory under a condition',
  customary: 'optional, but taken for granted by compilers',
  optional: 'optional',
  removed: 'not allowed',
  listed: 'listed there; Arm states no rule',
};

/** What an empty cell says. */
export const NO_STANDING = 'not part of it';

/** `Armv8.4-A` as a column has room for it: `8.4`. */
export function shortLevel(name: string): string {
  return name.replace(/^Armv/, '').replace(/-A$/, '');
}
