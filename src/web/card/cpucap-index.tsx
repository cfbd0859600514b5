import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { allCpucaps, cpucapCard, cpucapDescription, isErratumCard } from '../../answers/cpucap-card.ts';
import { CPUCAP_KIND } from '../name/kinds/cpucap.ts';
import { NameIndex } from '../name/name-index.tsx';
import type { ViewProps } from '../view.ts';
import type { IndexRow } from './card-index.tsx';

/** Each with its log lines and its table. */
function rows(): readonly IndexRow[] {
  return allCpucaps().map((name) => {
    const card = cpucapCard(name)!;
    const lines = cpucapDescription(card);
    const kind = isErratumCard(card) ? 'erratum' : 'capability';
    return { name, cells: [lines, kind], text: `${lines} ${kind}` };
  });
}

/** The index of cpucaps. */
export function CpucapIndex(props: ViewProps): VNode {
  const all = useMemo(rows, []);
  return <NameIndex {...props} view="cpucap" kind={CPUCAP_KIND} heads={['Cpucap', 'Log line', 'Table']} rows={all} />;
}
