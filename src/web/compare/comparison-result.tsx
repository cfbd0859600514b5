import type { VNode } from 'preact';
import type { ComparedCause } from '../../answers/comparison.ts';
import { CauseTable } from './cause-table.tsx';
import { FeaturesLines } from './features-lines.tsx';
import { LevelTable } from './level-table.tsx';
import type { Compared } from './use-comparison.ts';

/** What comes of a comparison: in brief, the lines, and causes with their effects, those that programs see first. */
export function ComparisonResult({ compared }: { readonly compared: Compared }): VNode {
  const { subjects, comparison } = compared;
  const isSeen = ({ effects }: ComparedCause): boolean => effects.some(({ kind }) => kind === 'hwcaps' || kind === 'compat');
  const seen = comparison.causes.filter(isSeen);
  const hidden = comparison.causes.filter((cause) => cause.effects.length > 0 && !isSeen(cause));
  const silent = comparison.causes.filter(({ effects }) => effects.length === 0);
  return (
    <>
      {seen.length > 0 && <CauseTable caption="What differs, and what comes of it for programs" causes={seen} subjects={subjects} />}
      <h2>The lines</h2>
      <FeaturesLines subjects={subjects} common={comparison.common} />
      <h2>Levels</h2>
      <LevelTable levels={comparison.levels} subjects={subjects} />
      {hidden.length > 0 && (
        <details>
          <summary>What changes FEAT_* or cpucaps only ({hidden.length})</summary>
          <CauseTable caption="What changes FEAT_* or cpucaps only" causes={hidden} subjects={subjects} />
        </details>
      )}
      {silent.length > 0 && (
        <details>
          <summary>What differs without such an effect ({silent.length})</summary>
          <CauseTable caption="What differs without such an effect" causes={silent} subjects={subjects} />
        </details>
      )}
    </>
  );
}
