import type { VNode } from 'preact';
import { type LevelDemand, levelDemands, missingForLevel } from '../../answers/level.ts';
import type { LevelOverlay } from '../../answers/level-overlay.ts';
import { findLevel } from '../../arch/level.ts';
import type { System } from '../../linux/system.ts';
import { ArchFeatureList } from '../catalogue/arch-feature-list.tsx';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { LevelNews } from '../levels/level-news.tsx';
import { MachineChoice } from '../levels/machine-choice.tsx';
import { useLevelOverlay } from '../levels/use-level-overlay.ts';
import { LEVEL_KIND } from '../name/kinds/level.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import { Notice } from '../notice.tsx';
import type { LoadedView } from '../view.ts';

function Names({ title, demands }: { readonly title: string; readonly demands: readonly LevelDemand[] }): VNode | null {
  if (demands.length === 0) return null;
  return (
    <>
      <h3>
        {title} ({demands.length})
      </h3>
      <FactList
        facts={[...new Set(demands.map(({ level }) => level))].map((asking) => [
          asking,
          <ArchFeatureList key={asking} names={demands.filter(({ level }) => level === asking).map(({ archFeature }) => archFeature)} />,
        ])}
      />
    </>
  );
}

/** What a machine has of all that a level asks for, as its registers tell; conditions that do not apply are left out. */
function Lacking({ name, system, overlay }: { readonly name: string; readonly system: System; readonly overlay: LevelOverlay }): VNode {
  const level = findLevel(name)!;
  const missing = missingForLevel(level.name, system, 'registers');
  const lacks = missing.filter(({ state }) => state !== 'unknown');
  const told = new Set(missing.map(({ archFeature }) => archFeature));
  const untold = levelDemands(level.name).filter(
    ({ basis, archFeature }) => basis === 'mandatory' && !told.has(archFeature) && overlay.outcomes.get(archFeature)?.[0] === undefined,
  );
  const open = [...missing.filter(({ state }) => state === 'unknown'), ...untold];
  return (
    <>
      {lacks.length === 0 && <p class="good">It has all that {name} asks for, as far as registers tell.</p>}
      <Names title="It lacks" demands={lacks} />
      <details>
        <summary>No register tells, or it is not known ({open.length})</summary>
        <Names title="Not told" demands={open} />
      </details>
    </>
  );
}

/** A level: what it brings, and what a machine lacks for it; the first thing is what was asked. */
function LevelPage({ name, ...props }: NamePageProps): VNode | null {
  const { title, release, overlay, system, problems } = useLevelOverlay(props.route);
  const level = findLevel(name);
  if (level === undefined) return null;
  const news = <LevelNews level={level} query={[]} />;
  return (
    <>
      <p class="lead">
        <LinkedText text={LEVEL_KIND.sentence(level.name)} />
      </p>
      {overlay === undefined && news}
      <h2>What a machine lacks for {name}</h2>
      <MachineChoice {...props} release={release} />
      {problems.map((problem) => (
        <Notice key={problem}>{problem}</Notice>
      ))}
      {overlay !== undefined && system !== undefined && (
        <>
          <p>
            {title}, Linux {release}
          </p>
          <Lacking name={name} system={system} overlay={overlay} />
        </>
      )}
      {overlay !== undefined && news}
    </>
  );
}

/** The view of levels. */
export const LEVEL: LoadedView = namedView({ view: 'level', kind: LEVEL_KIND, Page: LevelPage, saysWhat: true });
