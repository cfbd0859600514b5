import type { ComponentChildren, VNode } from 'preact';

/** Something that the reader should know, such as a part of the address that is not understood. Shown in the text, never as a dialogue. */
export function Notice({ kind = 'note', children }: { readonly kind?: 'note' | 'error'; readonly children: ComponentChildren }): VNode {
  return (
    <p class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <strong>{kind === 'error' ? 'Error: ' : 'Note: '}</strong>
      {children}
    </p>
  );
}
