import type { VNode } from 'preact';
import type { LevelMatrixRow } from '../../answers/level-matrix.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { linkTo } from '../route.ts';
import { LevelHeads } from './level-heads.tsx';
import { StandingLegend } from './standing-legend.tsx';
import { StandingRuns } from './standing-runs.tsx';

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
                <LevelHeads />
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <a href={linkTo('levels', '', [['q', archFeature.name]])}>level</a>
                </th>
                <StandingRuns standings={standings} />
              </tr>
            </tbody>
          </table>
        </ScrollArea>
      </div>
      <StandingLegend shown={new Set(standings)} />
    </>
  );
}
