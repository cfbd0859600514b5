import type { VNode } from 'preact';
import type { LevelStanding } from '../../answers/level-matrix.ts';
import { STANDING_SIGNS, STANDING_WORDS } from './standing.ts';

/** The cell of a level and an architecture feature. */
export function StandingCell({ standing, first }: { readonly standing: LevelStanding | undefined; readonly first: boolean }): VNode {
  if (standing === undefined) return <td />;
  return (
    <td class={first ? `standing ${standing} first` : `standing ${standing}`}>
      <span role="img" aria-label={STANDING_WORDS[standing]} title={STANDING_WORDS[standing]}>
        {STANDING_SIGNS[standing]}
      </span>
    </td>
  );
}
