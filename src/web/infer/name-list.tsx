import type { VNode } from 'preact';
import type { FeaturesLine } from '../../answers/infer.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';

/** The names of a line that are known, in the kernel's order; native ones lead to their cards. */
export function NameList({ line: { vocabulary, names } }: { readonly line: FeaturesLine }): VNode {
  if (names.length === 0) return <>none that is known</>;
  if (vocabulary !== 'native') return <code>{names.join(' ')}</code>;
  return (
    <span class="name-list">
      {names.map((name) => (
        <span key={name}>
          <ReferenceLink kind="hwcap" name={name} />{' '}
        </span>
      ))}
    </span>
  );
}
