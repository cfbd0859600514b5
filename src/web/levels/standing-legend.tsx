import type { VNode } from 'preact';
import type { LevelStanding } from '../../answers/level-matrix.ts';
import { Sign } from '../catalogue/sign.tsx';
import { NO_STANDING, STANDING_SIGNS, STANDING_WORDS } from './standing.ts';

/** What the signs of levels say. */
export function StandingLegend({ shown }: { readonly shown?: ReadonlySet<LevelStanding | undefined> }): VNode {
  return (
    <ul class="legend">
      {(Object.keys(STANDING_SIGNS) as LevelStanding[])
        .filter((standing) => shown === undefined || shown.has(standing))
        .map((standing) => (
          <li key={standing}>
            <span class={`standing ${standing}`}>
              <Sign character={STANDING_SIGNS[standing]} />
            </span>{' '}
            {STANDING_WORDS[standing]}
          </li>
        ))}
      {(shown === undefined || shown.has(undefined)) && <li>empty: {NO_STANDING}</li>}
    </ul>
  );
}
