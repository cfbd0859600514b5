import type { VNode } from 'preact';
import type { ComparedCause } from '../../answers/comparison.ts';
import { EFFECT_KINDS, type EffectKind } from '../../answers/diff.ts';
import { CauseTable } from './cause-table.tsx';
import { FeaturesLines } from './features-lines.tsx';
import { LevelTable } from './level-table.tsx';
import type { Compared } from './use-comparison.ts';

const WORDS: Readonly<Record<EffectKind, readonly [one: string, more: string]>> = {
  hwcaps: ['hwcap', 'hwcaps'],
  compat: ['AArch32 hwcap', 'AArch32 hwcaps'],
  archFeatures: ['FEAT_*', 'FEAT_*'],
  cpucaps: ['cpucap', 'cpucaps'],
};

function count(causes: readonly ComparedCause[], kind: EffectKind): number {
  return causes.reduce((sum, { effects }) => sum + effects.filter((effect) => effect.kind === kind).length, 0);
}

function summary({ comparison: { causes, identical, common } }: Compared): string {
  if (identical) return 'No difference.';
  const parts = EFFECT_KINDS.map((kind) => [count(causes, kind), WORDS[kind]] as const).filter(([number]) => number > 0);
  const differ =
    parts.length === 0
      ? 'no name that anybody sees'
      : parts.map(([number, [one, more]]) => `${number} ${number === 1 ? one : more}`).join(', ');
  return `They differ in ${differ}; ${common.length} hwcaps are common to all.`;
}

/** What comes of a comparison: in brief, the lines, and causes with their effects, those that programs see first. */
export function ComparisonResult({ compared }: { readonly compared: Compared }): VNode {
  const { subjects, comparison } = compared;
  const isSeen = ({ effects }: ComparedCause): boolean => effects.some(({ kind }) => kind === 'hwcaps' || kind === 'compat');
  const seen = comparison.causes.filter(isSeen);
  const hidden = comparison.causes.filter((cause) => cause.effects.length > 0 && !isSeen(cause));
  const silent = comparison.causes.filter(({ effects }) => effects.length === 0);
  return (
    <>
      <p role="status">{summary(compared)}</p>
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
