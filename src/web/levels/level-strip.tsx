import type { VNode } from 'preact';
import type { LevelMatrixRow } from '../../answers/level-matrix.ts';
import { ALL_LEVELS } from '../../arch/level.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { linkTo } from '../route.ts';
import { shortLevel } from './standing.ts';
import { StandingCell } from './standing-cell.tsx';
import { StandingLegend } from './standing-legend.tsx';

/** How every level stands to one architecture feature. */
export function LevelStrip({ row: { archFeature, standings } }: { readonly row: LevelMatrixRow }): VNode {
  return (
    <>
      <div class="matrix">
        <ScrollArea label={`${archFeature.name} by level`}>
          <table class="levels">
            <caption class="unseen">How each level stands to {archFeature.name}</caption>
            <thead>
              <tr>
                <th scope="col">Armv</th>
                {ALL_LEVELS.map(({ name }) => (
                  <th key={name} scope="col">
                    {shortLevel(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <a href={linkTo('levels', '', [['q', archFeature.name]])}>level</a>
                </th>
                {standings.map((standing, index) => (
                  <StandingCell key={ALL_LEVELS[index]!.name} standing={standing} first={standing !== standings[index - 1]} />
                ))}
              </tr>
            </tbody>
          </table>
        </ScrollArea>
      </div>
      <StandingLegend shown={new Set(standings)} />
    </>
  );
}
