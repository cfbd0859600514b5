import type { VNode } from 'preact';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';

interface Props {
  readonly title: string;
  readonly names: readonly ArchFeatureName[];
  readonly open: boolean;
}

/** Architecture features of which the line tells the same. */
export function ArchFeatureSection({ title, names, open }: Props): VNode | null {
  if (names.length === 0) return null;
  return (
    <details open={open}>
      <summary>
        {title} <span class="soft small">({names.length})</span>
      </summary>
      <p class="name-list">
        {names.map((name) => (
          <span key={name}>
            <ReferenceLink kind="feat" name={name} />{' '}
          </span>
        ))}
      </p>
    </details>
  );
}
