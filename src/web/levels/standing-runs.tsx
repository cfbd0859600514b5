import type { VNode } from 'preact';
import type { LevelStanding } from '../../answers/level-matrix.ts';
import { ALL_LEVELS } from '../../arch/level.ts';
import { Sign } from '../catalogue/sign.tsx';
import { NO_STANDING, STANDING_SIGNS, STANDING_WORDS } from './standing.ts';

/** The number of columns in which the word beside a sign has room. */
const ROOM_FOR_WORD = 4;

/** Levels next to each other that say the same. */
interface Run {
  readonly from: number;
  readonly length: number;
  readonly standing: LevelStanding | undefined;
}

function runsOf(standings: readonly (LevelStanding | undefined)[], breaks: ReadonlySet<number>): readonly Run[] {
  const runs: Run[] = [];
  for (const [index, standing] of standings.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && last.standing === standing && !breaks.has(index)) runs.splice(-1, 1, { ...last, length: last.length + 1 });
    else runs.push({ from: index, length: 1, standing });
  }
  return runs;
}

/** Where the levels of Armv9 begin: a run does not go over it. */
const GENERATIONS: ReadonlySet<number> = new Set([ALL_LEVELS.findIndex(({ name }) => name === 'Armv9.0-A')]);

/** The cells of an architecture feature over the levels: a bar for each stretch of levels that say the same. */
export function StandingRuns({ standings }: { readonly standings: readonly (LevelStanding | undefined)[] }): VNode {
  return (
    <>
      {runsOf(standings, GENERATIONS).map(({ from, length, standing }) =>
        standing === undefined ? (
          <td key={from} colSpan={length}>
            <span class="unseen">{NO_STANDING}</span>
          </td>
        ) : (
          <td key={from} colSpan={length} class={`standing ${standing}`}>
            <span role="img" aria-label={STANDING_WORDS[standing]} title={STANDING_WORDS[standing]}>
              <Sign character={STANDING_SIGNS[standing]} />
            </span>
            {length >= ROOM_FOR_WORD && (
              <span class="word" aria-hidden="true">
                {' '}
                {standing}
              </span>
            )}
          </td>
        ),
      )}
    </>
  );
}
