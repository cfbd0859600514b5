import type { ComponentChildren, VNode } from 'preact';
import type { ArchFeatureName } from '../../arch/arch-feature-rule.ts';
import { findArchFeatureInBrief } from '../../arch/arch-features-in-brief.ts';
import { ReferenceLink } from './reference-link.tsx';

interface Props {
  readonly names: readonly ArchFeatureName[];
  /** What is said of one besides what it is. */
  after?(name: ArchFeatureName): ComponentChildren;
}

/** Architecture features, each with what it is. */
export function ArchFeatureList({ names, after }: Props): VNode {
  return (
    <ul class="feature-list">
      {names.map((name) => (
        <li key={name}>
          <ReferenceLink kind="feat" name={name} />
          <span class="soft">
            {findArchFeatureInBrief(name)?.description}
            {after?.(name)}
          </span>
        </li>
      ))}
    </ul>
  );
}
