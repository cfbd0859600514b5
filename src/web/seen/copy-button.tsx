import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

/** Copies a text, and says so. */
export function CopyButton({ text, of, label = 'Copy' }: { readonly text: string; readonly of: string; readonly label?: string }): VNode {
  const [copied, setCopied] = useState<string>();
  return (
    <button
      type="button"
      class="small no-print"
      // What becomes of it is read aloud.
      aria-live="polite"
      aria-label={`${copied === text ? 'Copied' : 'Copy'} ${of}`}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(text),
          () => setCopied(undefined),
        );
      }}
    >
      {copied === text ? 'Copied' : label}
    </button>
  );
}
