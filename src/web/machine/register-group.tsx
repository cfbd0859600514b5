import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  readonly title: string;
  readonly count: number;
  /** Whether it is open at first. */
  readonly isOpen: boolean;
  /** Whether something in it is to be seen. */
  readonly wanted: boolean;
  children(): ComponentChildren;
}

/** Registers under a heading that opens; those of a closed group are not drawn. */
export function RegisterGroup({ title, count, isOpen, wanted, children }: Props): VNode {
  const [opened, setOpened] = useState(isOpen);
  const open = opened || wanted;
  return (
    <details
      class="register-group"
      open={open}
      onToggle={({ currentTarget }) => {
        if (!wanted) setOpened(currentTarget.open);
      }}
    >
      <summary>
        {title} <span class="soft">({count})</span>
      </summary>
      {open && children()}
    </details>
  );
}
