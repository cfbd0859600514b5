import type { VNode } from 'preact';
import { Sign, type SignCharacter } from './sign.tsx';

/** What a mark says: there, there but not shown, not there, not known. */
export type MarkKind = 'yes' | 'withheld' | 'no' | 'unknown';

/** The sign of each mark. */
export const MARK_SIGNS: Readonly<Record<MarkKind, SignCharacter>> = { yes: '✓', withheld: '○', no: '–', unknown: '?' };

/** A sign with a spoken name; its colour only repeats what the sign says. */
export function Mark({ kind, label }: { readonly kind: MarkKind; readonly label: string }): VNode {
  return (
    <span class={`sign ${kind}`} role="img" aria-label={label} title={label}>
      <Sign character={MARK_SIGNS[kind]} />
    </span>
  );
}
