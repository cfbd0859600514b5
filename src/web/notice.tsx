import type { ComponentChildren, VNode } from 'preact';
import { capitalised } from '../capitalised.ts';

/**
 * Something that the reader should know, such as a part of the address that is not understood. Shown in the text, never as a dialogue. A
 * message of the library, which begins with a small letter, is a sentence here.
 */
export function Notice({ kind = 'note', children }: { readonly kind?: 'note' | 'error'; readonly children: ComponentChildren }): VNode {
  return (
    <p class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <strong>{kind === 'error' ? 'Error: ' : 'Note: '}</strong>
      {typeof children === 'string' && /^[a-z]+ /.test(children) ? capitalised(children) : children}
    </p>
  );
}
