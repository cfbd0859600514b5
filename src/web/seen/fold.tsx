import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  readonly title: string;
  /** A few words behind the title. */
  readonly note?: string;
  readonly isOpen?: boolean;
  children(): ComponentChildren;
}

/** A part that opens; what is in it is drawn only then. */
export function Fold({ title, note, isOpen = false, children }: Props): VNode {
  const [open, setOpen] = useState(isOpen);
  return (
    <details class="fold" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {title}
        {note !== undefined && <span class="soft small"> {note}</span>}
      </summary>
      {open && children()}
    </details>
  );
}
