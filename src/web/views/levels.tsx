import type { VNode } from 'preact';
import { type LevelMatrixRow, levelMatrix } from '../../answers/level-matrix.ts';
import type { LevelOverlay } from '../../answers/level-overlay.ts';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import { type ArchLevel, findLevel } from '../../arch/level.ts';
import { FilterBox, filterOf } from '../catalogue/filter-box.tsx';
import { MarkLegend } from '../catalogue/mark-legend.tsx';
import { lazy } from '../lazy.tsx';
import { LevelMatrixTable } from '../levels/level-matrix-table.tsx';
import { LevelNews } from '../levels/level-news.tsx';
import { MachineChoice } from '../levels/machine-choice.tsx';
import { StandingLegend } from '../levels/standing-legend.tsx';
import { useLevelOverlay } from '../levels/use-level-overlay.ts';
import { Notice } from '../notice.tsx';
import { linkTo, withQuery } from '../route.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import '../catalogue/catalogue.css';
import '../levels/levels.css';

const MachineLevels = lazy(async () => (await import('../levels/machine-levels.tsx')).MachineLevels);

/** What the filter looks at. */
function textOf({ archFeature: { name, description, category, introduced, linuxHwcaps = [] } }: LevelMatrixRow): string {
  return `${name} ${description} ${category} ${introduced.level} ${linuxHwcaps.join(' ')}`.toLowerCase();
}

/** What a level says something new of. */
function namesOf({ mandatory = [], conditional = [], optional = [], removed = [] }: ArchLevel): ReadonlySet<ArchFeatureName> {
  return new Set([...mandatory, ...conditional.map(({ archFeature }) => archFeature), ...optional, ...removed]);
}

/** The subjects of architecture features, as links that filter by them. */
function Subjects({ route }: Pick<ViewProps, 'route'>): VNode {
  const subjects = [...new Set(levelMatrix().map(({ archFeature }) => archFeature.category))].toSorted();
  return (
    <nav aria-label="Subjects" class="small no-print subjects-of-levels">
      {subjects.map((subject) => (
        <span key={subject}>
          <a href={linkTo('levels', route.name, withQuery(route.query, 'q', subject))}>{subject}</a>{' '}
        </span>
      ))}
    </nav>
  );
}

interface MatrixProps extends ViewProps {
  readonly level: ArchLevel | undefined;
  readonly overlay: LevelOverlay | undefined;
}

/** The matrix, narrowed by the filter and by the level that is open. */
function Matrix({ route, navigate, level, overlay }: MatrixProps): VNode {
  const words = filterOf(route).split(/\s+/).filter(Boolean);
  const news = level && namesOf(level);
  const rows = levelMatrix().filter(
    (row) => news?.has(row.archFeature.name) !== false && words.every((word) => textOf(row).includes(word)),
  );
  return (
    <>
      <h2>FEAT_* by level</h2>
      <FilterBox label="Filter" route={route} navigate={navigate} result={`${rows.length} of ${levelMatrix().length}`} />
      <Subjects route={route} />
      <StandingLegend />
      {overlay !== undefined && (
        <MarkLegend words={{ yes: 'the machine has it', no: 'has it not', unknown: 'this reading does not tell' }} />
      )}
      <LevelMatrixTable rows={rows} overlay={overlay} open={level?.name} query={route.query} />
    </>
  );
}

/** FEAT_* × level, with a machine laid over it. */
export function LevelsView(props: ViewProps): VNode {
  const { route } = props;
  const { title = '', release, overlay, system, problems } = useLevelOverlay(route);
  const level = route.name === '' ? undefined : findLevel(route.name);
  return (
    <>
      <h1>Architecture levels</h1>
      <p>
        What a level such as Armv8.4-A says of each FEAT_*: it must be there, or may. Choose a machine to see which it has, and what it
        misses for its next level.
      </p>
      {route.name !== '' && level === undefined && <Notice>There is no level “{route.name.slice(0, 40)}”; all are shown.</Notice>}
      <MachineChoice {...props} release={release} />
      {problems.map((problem) => (
        <Notice key={problem}>{problem}</Notice>
      ))}
      {overlay !== undefined && (
        <>
          <h2>
            {title}, Linux {release}
          </h2>
          <MachineLevels readings={overlay.readings} />
        </>
      )}
      {level !== undefined && (
        <LevelNews level={level} query={route.query} machine={system === undefined ? undefined : { title, system }} />
      )}
      <Matrix {...props} level={level} overlay={overlay} />
    </>
  );
}

function titleOfLevels(name: string): string {
  if (name === '') return 'Architecture levels';
  const level = findLevel(name);
  return level === undefined ? 'No such level' : `${level.name} and other levels`;
}

/** The view, and what stands in the heads of its pages. */
export const LEVELS: LoadedView = {
  View: LevelsView,
  head: ({ name }) => ({
    title: titleOfLevels(name),
    description: 'FEAT_* by architecture level: what must be there, what may, and what a machine lacks for its next level.',
  }),
};
