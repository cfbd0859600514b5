import type { ComponentChildren, VNode } from 'preact';

/** A place that moves by itself when what is in it is wider than the page; by keyboard too. */
export function ScrollArea({ label, children }: { readonly label: string; readonly children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus, else the keyboard cannot move it.
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
