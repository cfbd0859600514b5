import type { VNode } from 'preact';
import type { LevelMatrixRow } from '../../answers/level-matrix.ts';
import type { LevelOverlay } from '../../answers/level-overlay.ts';
import { LEVEL_READINGS, type LevelReadingName } from '../../answers/level-reading.ts';
import { ALL_LEVELS, type ArchLevelName } from '../../arch/level.ts';
import { READING_TITLES } from '../../formats/difference-words.ts';
import type { Truth } from '../../logic/truth.ts';
import { Mark, type MarkKind } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import type { Query } from '../route.ts';
import { LevelHeads } from './level-heads.tsx';
import { shortLevel } from './standing.ts';
import { StandingRuns } from './standing-runs.tsx';

const HEADS: Readonly<Record<LevelReadingName, string>> = { registers: 'regs', el0: 'EL0', hwcaps: 'hwcaps' };

function markOf(outcome: Truth): MarkKind {
  return outcome === undefined ? 'unknown' : outcome ? 'yes' : 'no';
}

const WORDS: Readonly<Record<MarkKind, string>> = { yes: 'there', no: 'not there', unknown: 'not told', withheld: '' };

function OverlayCells({ outcomes }: { readonly outcomes: readonly Truth[] }): VNode {
  return (
    <>
      {LEVEL_READINGS.map((reading, index) => {
        const mark = markOf(outcomes[index]);
        return (
          <td key={reading} class="overlay">
            <Mark kind={mark} label={WORDS[mark]} />
          </td>
        );
      })}
    </>
  );
}

interface RowProps {
  readonly row: LevelMatrixRow;
  readonly overlay: LevelOverlay | undefined;
  /** Whether it says what it is. */
  readonly described: boolean;
}

function Row({ row, overlay, described }: RowProps): VNode {
  const { name, description } = row.archFeature;
  const demand = overlay?.missing.registers.get(name);
  return (
    <tr class={demand === undefined ? undefined : 'missing'}>
      <th scope="row" title={description}>
        <ReferenceLink kind="feat" name={name} />
        {described && <span class="description">{description}</span>}
        {demand !== undefined && (
          <span class="missing-word">
            {demand.state === 'unknown' ? 'not known' : 'missing'} for {shortLevel(demand.level)}
          </span>
        )}
      </th>
      {overlay !== undefined && <OverlayCells outcomes={overlay.outcomes.get(name) ?? []} />}
      <StandingRuns standings={row.standings} />
    </tr>
  );
}

/** A longer table is read by its names alone. */
const MOST_DESCRIBED = 60;

interface Props {
  readonly rows: readonly LevelMatrixRow[];
  readonly overlay: LevelOverlay | undefined;
  /** The level that is open. */
  readonly open?: ArchLevelName | undefined;
  /** What a link to a level keeps of the address. */
  readonly query: Query;
}

/** Architecture features by the level that each is listed under, over all levels; a machine's own columns stand before them. */
export function LevelMatrixTable({ rows, overlay, open, query }: Props): VNode {
  const groups = ALL_LEVELS.map(({ name }) => [name, rows.filter((row) => row.archFeature.introduced.level === name)] as const);
  const columns = ALL_LEVELS.length + 1 + (overlay === undefined ? 0 : LEVEL_READINGS.length);
  return (
    <div class="matrix tall">
      <ScrollArea label="FEAT_* by level">
        <table class="levels">
          <caption>FEAT_* by the level that each is listed under, and what every level says of it</caption>
          <thead>
            <tr>
              <th scope="col">Armv</th>
              {overlay !== undefined &&
                LEVEL_READINGS.map((reading) => (
                  <th key={reading} scope="col" class="overlay" title={`the machine, ${READING_TITLES[reading]}`}>
                    {HEADS[reading]}
                  </th>
                ))}
              <LevelHeads reached={overlay?.readings[0]?.level} open={open} query={query} />
            </tr>
          </thead>
          {groups
            .filter(([, own]) => own.length > 0)
            .map(([level, own]) => (
              <tbody key={level}>
                <tr class="group">
                  <th scope="rowgroup" colSpan={columns}>
                    {level} ({own.length})
                  </th>
                </tr>
                {own.map((row) => (
                  <Row key={row.archFeature.name} row={row} overlay={overlay} described={rows.length <= MOST_DESCRIBED} />
                ))}
              </tbody>
            ))}
        </table>
      </ScrollArea>
    </div>
  );
}
