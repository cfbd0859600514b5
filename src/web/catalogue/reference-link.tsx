import type { ComponentChildren, VNode } from 'preact';
import { linkTo, type NameView } from '../route.ts';
import { Name } from './signed-text.tsx';

/** What a name stands for. */
export type ReferenceKind = NameView | 'machine';

/** A name of the field that leads to its page. */
export function ReferenceLink({
  kind,
  name,
  children = <Name name={name} />,
}: {
  readonly kind: ReferenceKind;
  readonly name: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <a class="mono" href={linkTo(kind, name)}>
      {children}
    </a>
  );
}

interface LinksProps {
  readonly kind: ReferenceKind;
  readonly names: readonly string[];
  /** What stands between two; absent: room. */
  readonly between?: string;
}

/** Several of them, one after the other. */
export function ReferenceLinks({ kind, names, between = ' ' }: LinksProps): VNode {
  return (
    <>
      {names.map((name, index) => (
        <span key={name} class={between === ' ' ? 'one-of' : undefined}>
          {index > 0 && between}
          <ReferenceLink kind={kind} name={name} />
        </span>
      ))}
    </>
  );
}
