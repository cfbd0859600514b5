import { type ComparedCause, type Comparison, EFFECT_KINDS, type EffectKind } from '../../answers/comparison.ts';

const WORDS: Readonly<Record<EffectKind, readonly [one: string, more: string]>> = {
  hwcaps: ['hwcap', 'hwcaps'],
  compat: ['AArch32 hwcap', 'AArch32 hwcaps'],
  archFeatures: ['FEAT_*', 'FEAT_*'],
  cpucaps: ['cpucap', 'cpucaps'],
};

function count(causes: readonly ComparedCause[], kind: EffectKind): number {
  return causes.reduce((sum, { effects }) => sum + effects.filter((effect) => effect.kind === kind).length, 0);
}

/** A comparison in one sentence. */
export function comparisonSummary({ causes, identical, common }: Comparison): string {
  if (identical) return 'No difference.';
  const parts = EFFECT_KINDS.map((kind) => [count(causes, kind), WORDS[kind]] as const).filter(([number]) => number > 0);
  const differ =
    parts.length === 0
      ? 'no name that anybody sees'
      : parts.map(([number, [one, more]]) => `${number} ${number === 1 ? one : more}`).join(', ');
  return `They differ in ${differ}; ${common.length} hwcaps are common to all.`;
}
