import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { ALL_ARCH_FEATURES } from '../../arch/arch-feature.ts';
import { shortLevel } from '../levels/standing.ts';
import { FEAT_KIND } from '../name/kinds/feat.ts';
import { NameIndex } from '../name/name-index.tsx';
import type { ViewProps } from '../view.ts';
import type { IndexRow } from './card-index.tsx';

/** Each with what it is, its level and its hwcaps. */
function rows(): readonly IndexRow[] {
  return ALL_ARCH_FEATURES.map(({ name, description, introduced, category, linuxHwcaps = [] }) => ({
    name,
    cells: [description, shortLevel(introduced.level), linuxHwcaps.length > 0 && <code key="hwcaps">{linuxHwcaps.join(' ')}</code>],
    text: `${description} ${introduced.level} ${category} ${linuxHwcaps.join(' ')}`,
  }));
}

/** The index of architecture features. */
export function FeatIndex(props: ViewProps): VNode {
  const all = useMemo(rows, []);
  return <NameIndex {...props} view="feat" kind={FEAT_KIND} heads={['FEAT_*', 'What it is', 'Armv', 'Hwcaps']} rows={all} />;
}
