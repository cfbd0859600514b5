import type { VNode } from 'preact';
import { linkTo } from '../route.ts';

/** What a name stands for. */
export type ReferenceKind = 'hwcap' | 'feat' | 'cpucap' | 'field' | 'machine';

function placeOf(kind: ReferenceKind, name: string): string {
  if (kind === 'field') return linkTo('machine', '', [['field', name]]);
  return kind === 'machine' ? linkTo('machine', '', [['m', name]]) : linkTo(kind, name);
}

/** A name of the field that leads to its card; a field and a machine lead to the machine view. */
export function ReferenceLink({ kind, name }: { readonly kind: ReferenceKind; readonly name: string }): VNode {
  return (
    <a class="mono" href={placeOf(kind, name)}>
      {name}
    </a>
  );
}
