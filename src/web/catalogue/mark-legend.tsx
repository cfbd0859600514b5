import type { VNode } from 'preact';
import { MARK_SIGNS, type MarkKind } from './mark.tsx';
import { Sign } from './sign.tsx';

const ORDER: readonly MarkKind[] = ['yes', 'withheld', 'no', 'unknown'];

/** What the marks of a table say. */
export function MarkLegend({ words }: { readonly words: Readonly<Partial<Record<MarkKind, string>>> }): VNode {
  return (
    <ul class="legend">
      {ORDER.filter((kind) => words[kind] !== undefined).map((kind) => (
        <li key={kind}>
          <span class={`sign ${kind}`}>
            <Sign character={MARK_SIGNS[kind]} />
          </span>{' '}
          {words[kind]}
        </li>
      ))}
    </ul>
  );
}
